import pytest
from hypothesis import given
from hypothesis import strategies as st

from weimin.buildout.plan.read import read_plan
from weimin.buildout.rules_money import (
    check_allocation,
    organ_of,
    payment_for,
    read_invoice_number,
    subsidy_for,
    worth_of,
)
from weimin.buildout.tests.money_builders import PLANS
from weimin.walls.errors import RuleBroken

pytestmark = [pytest.mark.req("N6")]
YOUYANG = read_plan((PLANS / "youyang-rural-ecommerce.yaml").read_text())
TUPO = read_plan((PLANS / "tupo-village-centres.yaml").read_text())
CENTRE = next(row for row in YOUYANG.subsidies if row.key == "centre_other")
STATION = next(row for row in YOUYANG.subsidies if row.key == "station")


@pytest.mark.parametrize(
    ("tier", "key", "fen"),
    [("township_centre", True, 10_000_000), ("township_centre", False, 6_000_000), ("village_station", False, 600_000), ("village_station", True, 600_000)],
)
def test_the_standard_follows_tier_and_class_of_township(tier, key, fen):
    assert subsidy_for(YOUYANG, tier, key).standard_fen == fen


def test_a_plan_without_subsidies_pays_nothing():
    assert subsidy_for(TUPO, "centre", False) is None


@pytest.mark.parametrize(
    ("plan", "role", "place", "name"),
    [
        (YOUYANG, "township_government", "龚滩镇", "龚滩镇人民政府"), (YOUYANG, "township_government", "桃花源街道", "桃花源街道办事处"), (YOUYANG, "builder", "龚滩镇", ""),
        (YOUYANG, "ecommerce_office", "龚滩镇", "县电商办"), (TUPO, "village_committee", "李楼村", "李楼村村民委员会"), (TUPO, "village_committee", "土陂社区", "土陂社区居民委员会"),
    ],
)  # fmt: skip
def test_the_payee_is_the_body_that_the_plan_names(plan, role, place, name):
    assert organ_of(plan.role(role), place) == name


@pytest.mark.parametrize("typed", ["12345678", "１２３４５６７８", "1234 5678", "1234-5678"])
def test_invoice_numbers_are_read_as_digits(typed):
    assert read_invoice_number(typed) == "12345678"


@pytest.mark.parametrize("typed", ["", "1234567", "1" * 25, "12345678a", "一二三四五六七八"])
def test_what_is_no_invoice_number_is_refused(typed):
    with pytest.raises(RuleBroken, match="8 到 24 位数字"):
        read_invoice_number(typed)


@given(st.lists(st.integers(1, 20_000_000), min_size=1, max_size=20))
def test_a_capped_payment_is_the_smaller_of_standard_and_invoices(amounts):
    paid = payment_for(CENTRE, amounts)
    assert paid.amount_fen == min(6_000_000, sum(amounts))
    assert ("按发票额拨付" in paid.reason) == (sum(amounts) < 6_000_000)


@given(st.lists(st.integers(1, 20_000_000), max_size=20))
def test_an_uncapped_payment_is_the_standard(amounts):
    assert payment_for(STATION, amounts).amount_fen == 600_000


@given(amount=st.integers(1, 10**10), budget=st.integers(0, 10**10), township=st.integers(-(10**10), 10**10))
def test_an_allocation_passes_exactly_when_both_limits_hold(amount, budget, township):
    fits = amount <= budget and amount <= township
    try:
        check_allocation(amount, budget, township, "龚滩镇")
    except RuleBroken:
        assert not fits
    else:
        assert fits


def test_a_township_is_worth_its_projects_or_its_quota_when_that_is_more():
    assert (worth_of(600_000, 3, 5), worth_of(600_000, 6, 5)) == (3_000_000, 3_600_000)
