"""Any order of allocating, paying and withdrawing leaves every sum in order; two clerks at once too."""

import pytest
from django.db.models import F, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from proofs.databases import YOUYANG as COUNTY
from proofs.racing import at_once

from weimin.actions.act import act, new_key
from weimin.buildout.models import Allocation, Budget, Disbursement, Project
from weimin.buildout.tests.money_builders import NOW, ROBOT, put_allocation, put_centre, put_invoice, put_plan
from weimin.walls.actor import Actor
from weimin.walls.errors import Refusal
from weimin.walls.session import entered

pytestmark = [pytest.mark.req("N6")]
TOWNSHIPS = [500242101000, 500242102000, 500242103000]
STEPS = st.one_of(
    st.tuples(st.just("allocate"), st.sampled_from(TOWNSHIPS), st.integers(1, 9_000_000)),
    st.tuples(st.just("disburse"), st.sampled_from(TOWNSHIPS), st.just(0)),
    st.tuples(st.just("withdraw"), st.sampled_from(TOWNSHIPS), st.just(0)),
)


class Undo(Exception):
    """Rolls an example back."""


def take(step, by):
    """One step through `act`; a refusal is an answer like any other."""
    verb, township, amount = step
    with entered(ROBOT):
        budget = Budget.objects.get(key="centre_other").pk
        project = Project.objects.get(tier="township_centre", region=township).pk
        source = Allocation.objects.filter(region=township).order_by("disbursed_fen", "pk").first()
    wanted = {
        "allocate": ({"township": township, "amount": f"{amount / 100:.2f}", "document_number": f"文{new_key()[-6:]}"}, budget),
        "disburse": ({"allocation": source.pk if source else "", "voucher": new_key()}, project),
        "withdraw": ({"reason": "调整"}, source.pk if source else 0),
    }
    data, target = wanted[verb]
    name = {"withdraw": "buildout.withdraw_allocation"}.get(verb, f"buildout.{verb}")
    try:
        act(by, name, data, new_key(), target=target, now=NOW)
    except Refusal:
        return False
    return True


def check_sums():
    """Budget = its allocations, allocation = its payments, nothing over its limit, no site twice."""
    with entered(ROBOT):
        budget = Budget.objects.get(key="centre_other")
        given_net = Allocation.objects.aggregate(sum=Sum(F("amount_fen") - F("withdrawn_fen")))["sum"] or 0
        paid = Disbursement.objects.aggregate(sum=Sum("amount_fen"))["sum"] or 0
        assert (budget.allocated_fen, budget.disbursed_fen) == (given_net, paid)
        assert 0 <= paid <= given_net <= budget.total_fen
        for row in Allocation.objects.annotate(sum=Sum("disbursements__amount_fen")):
            assert row.disbursed_fen == (row.sum or 0) <= row.net_fen
        by_township = Allocation.objects.values("region").annotate(sum=Sum(F("amount_fen") - F("withdrawn_fen")))
        assert all(row["sum"] <= 6_000_000 for row in by_township)
        assert Disbursement.objects.count() == Project.objects.filter(state="subsidised").count()


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=3, max_size=10))
def test_any_order_of_steps_keeps_every_sum_in_order(prepared, steps):
    with pytest.raises(Undo), entered(ROBOT):
        for step in steps:
            take(step, prepared)
            check_sums()
        raise Undo


@pytest.fixture
def prepared(jurisdiction, actor):
    """Plan 1 with three accepted centres of different invoices; the finance clerk."""
    with entered(ROBOT):
        put_plan()
        for township, amount in zip(TOWNSHIPS, (6_000_000, 2_500_000, 9_900_000), strict=True):
            put_invoice(put_centre(township), amount)
    return actor("finance", COUNTY, "周会计")


def clerk():
    return Actor(1, "周会计", 1, "finance", 500242000000, 500242999999, frozenset({"buildout", "money"}))


@pytest.mark.slow
def test_two_clerks_paying_the_same_site_pay_it_once(scratch):
    with entered(ROBOT):
        put_plan()
        project = put_centre(TOWNSHIPS[0])
        put_invoice(project, 6_000_000)
        source = put_allocation(TOWNSHIPS[0])
    works = [lambda number=number: pay(project.pk, source.pk, f"PZ-{number}") for number in range(4)]
    assert sorted(at_once(*works)) == [False, False, False, True]
    check_sums()


@pytest.mark.slow
def test_clerks_allocating_at_once_never_pass_the_limit(scratch):
    with entered(ROBOT):
        put_plan()
    works = [lambda: take(("allocate", TOWNSHIPS[0], 2_500_000), clerk()) for _number in range(4)]
    assert sorted(at_once(*works)) == [False, False, True, True]
    check_sums()


@pytest.mark.slow
def test_paying_and_withdrawing_at_once_end_in_one_of_the_two(scratch):
    with entered(ROBOT):
        put_plan()
        project = put_centre(TOWNSHIPS[0])
        put_invoice(project, 6_000_000)
        source = put_allocation(TOWNSHIPS[0])
    done = at_once(lambda: pay(project.pk, source.pk, "PZ-1"), lambda: take(("withdraw", TOWNSHIPS[0], 0), clerk()))
    assert sorted(done) == [False, True]
    check_sums()


def pay(project, source, voucher):
    try:
        act(clerk(), "buildout.disburse", {"allocation": source, "voucher": voucher}, new_key(), target=project, now=NOW)
    except Refusal:
        return False
    return True
