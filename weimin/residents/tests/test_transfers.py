"""A record leaves one register only when the other side has it; each side keeps its own trail (0006)."""

from __future__ import annotations

import pytest
from django.db import connection
from django_tenants.utils import tenant_context
from proofs.databases import TUPO, YOUYANG

from weimin.actions.act import act
from weimin.flows.models import Step
from weimin.jurisdictions.models import Jurisdiction
from weimin.residents import post_office
from weimin.residents.forms.transfers import SendTransfer
from weimin.residents.models import GroupMembership, LifeEvent, Resident, Transfer
from weimin.residents.post_office import carry
from weimin.residents.tests.builders import NOW, TODAY, act_now, make_family, make_resident
from weimin.trail.models import Entry
from weimin.walls.actor import Actor, system_actor
from weimin.walls.errors import InputInvalid, RuleBroken
from weimin.walls.session import entered

VILLAGE, OTHER, THERE = 500242101200, 500242102200, 341221203201
RECEIVER = Actor(7, "李集村", None, "township", TUPO, TUPO + 999, frozenset({"residents"}))
SENT = {"on": "2026-11-20", "proof": "投亲"}


@pytest.fixture
def clerk(actor):
    return actor("village", VILLAGE)


@pytest.fixture
def person(jurisdiction):
    with entered(system_actor()):
        row = make_resident(VILLAGE, "田小云")
        GroupMembership.objects.create(resident=row, region=VILLAGE, kind="disabled", since_on=TODAY, source="残疾人证")
    return row


def inside(code):
    return tenant_context(Jurisdiction.objects.get(code=code))


def post(code):
    """One round of the post of a jurisdiction."""
    with inside(code):
        return carry(Jurisdiction.objects.get(code=code), NOW)


def sent(clerk, person, to=THERE):
    act_now(clerk, "residents.send_transfer", {**SENT, "to": str(to)}, target=person.pk)


def arrived(code=TUPO):
    with inside(code), entered(system_actor()):
        return Transfer.objects.get(way="in")


def here(model=Transfer, **wanted):
    with entered(system_actor()):
        return model.objects.get(**wanted)


def accept(**over):
    with inside(TUPO):
        data = {"place": str(THERE), "address": "2组", **over}
        return act_now(RECEIVER, "residents.accept_transfer", data, target=arrived().pk)


@pytest.mark.req("A1", "X11")
def test_the_record_arrives_on_the_receiving_desk_and_the_resident_stays_until_then(person, clerk):
    sent(clerk, person)
    assert (post(YOUYANG), post(YOUYANG)) == (1, 0)
    with inside(TUPO), entered(system_actor()):
        row, step = Transfer.objects.get(), Step.objects.get(flow="transfer")
    assert (row.way, row.region, row.other_region, row.name, step.role, step.region) == ("in", THERE, VILLAGE, "田小云", "township", THERE)
    assert here(Resident).status == "living" and "田小云" not in step.title


def test_a_letter_that_cannot_be_carried_keeps_no_other_waiting(person, clerk, monkeypatch):
    with entered(system_actor()):
        second = make_resident(VILLAGE, "田大山")
    sent(clerk, person)
    act_now(clerk, "residents.send_transfer", {**SENT, "to": str(THERE)}, "second", target=second.pk)
    really = post_office.deliver

    def deliver(there, row, now):
        if row.name == "田小云":
            raise LookupError("cannot")
        really(there, row, now)

    monkeypatch.setattr(post_office, "deliver", deliver)
    with pytest.raises(LookupError):
        post(YOUYANG)
    assert arrived().name == "田大山"
    monkeypatch.undo()
    assert post(YOUYANG) == 1


@pytest.mark.req("A1", "X11")
def test_after_acceptance_the_resident_lives_there_and_has_moved_out_here(person, clerk):
    sent(clerk, person)
    post(YOUYANG)
    accept()
    post(TUPO)
    with inside(TUPO), entered(system_actor()):
        new = Resident.objects.select_related("household").get()
        groups = list(GroupMembership.objects.values_list("kind", "source"))
        assert LifeEvent.objects.get().kind == "move_in" and Entry.objects.filter(action="residents.accept_transfer").count() == 1
    assert (new.name, new.id_number, new.region, new.household.head_name, groups) == ("田小云", person.id_number, THERE, "田小云", [("disabled", "残疾人证")])
    with entered(system_actor()):
        old, row = Resident.objects.get(), Transfer.objects.get()
        assert (old.status, row.state, row.content, LifeEvent.objects.get().kind) == ("moved_out", "accepted", None, "move_out")
        assert Entry.objects.filter(action="residents.accept_transfer", subject_id=row.pk).count() == 1


def test_a_returned_record_leaves_the_resident_where_they_are(person, clerk):
    sent(clerk, person)
    post(YOUYANG)
    with inside(TUPO):
        act_now(RECEIVER, "residents.return_transfer", {"reason": "没有这个人"}, target=arrived().pk)
    post(TUPO)
    row = here()
    assert (row.state, row.answer, here(Resident).status) == ("returned", "没有这个人", "living")


def test_a_record_called_back_can_no_longer_be_accepted(person, clerk):
    sent(clerk, person)
    post(YOUYANG)
    act_now(clerk, "residents.withdraw_transfer", {"reason": "不走了"}, target=here().pk)
    post(YOUYANG)
    with pytest.raises(RuleBroken, match="已撤回"):
        accept()
    assert here(Resident).status == "living"


def test_an_acceptance_wins_over_a_call_back_that_crosses_it(person, clerk):
    sent(clerk, person)
    post(YOUYANG)
    accept()
    act_now(clerk, "residents.withdraw_transfer", {"reason": "不走了"}, target=here().pk)
    post(YOUYANG)
    post(TUPO)
    assert (here().state, here(Resident).status) == ("accepted", "moved_out")


def test_between_townships_of_one_jurisdiction_the_one_record_moves(jurisdiction, clerk, actor):
    with entered(system_actor()):
        household, members = make_family(VILLAGE)
    sent(clerk, members[0], OTHER)
    post(YOUYANG)
    receiver = actor("village", OTHER)
    act_now(receiver, "residents.accept_transfer", {"place": str(OTHER), "address": "1组"}, target=here(way="in").pk)
    post(YOUYANG)
    moved = here(Resident, pk=members[0].pk)
    assert (moved.region, moved.status, moved.relation) == (OTHER, "living", "户主")
    with entered(system_actor()):
        household.refresh_from_db()
        assert set(Transfer.objects.values_list("state", flat=True)) == {"accepted"}
    assert household.head_name == "冉小红"


def test_who_died_meanwhile_is_not_received_in_the_next_township(jurisdiction, clerk, actor):
    with entered(system_actor()):
        _household, members = make_family(VILLAGE)
    sent(clerk, members[0], OTHER)
    post(YOUYANG)
    with entered(system_actor()):
        Resident.objects.filter(pk=members[0].pk).update(status="dead", status_on="2026-11-20")
    with pytest.raises(RuleBroken, match="死亡"):
        act_now(actor("village", OTHER), "residents.accept_transfer", {"place": str(OTHER), "address": "1组"}, target=here(way="in").pk)
    assert here(Resident, pk=members[0].pk).region == VILLAGE


def test_where_nobody_works_with_the_system_nothing_is_handed_over(person, clerk):
    with pytest.raises(InputInvalid, match="没有使用本系统"):
        sent(clerk, person, 110101001001)
    with entered(system_actor()):
        assert Transfer.objects.count() == 0


def test_a_record_is_handed_over_once(person, clerk):
    sent(clerk, person)
    with pytest.raises(RuleBroken, match="已经交出"):
        act(clerk, "residents.send_transfer", {**SENT, "to": str(THERE)}, "again", target=person.pk, now=NOW)


def test_what_travels_is_sealed(person, clerk):
    sent(clerk, person)
    with entered(system_actor()), connection.cursor() as cursor:
        cursor.execute("SELECT content FROM residents_transfer")
        assert (person.id_number or "").encode() not in bytes(cursor.fetchone()[0])


@pytest.mark.req("A1")
@pytest.mark.parametrize(("typed", "said"), [("土陂", "临泉县土陂乡 341221203000"), ("没有的地方", "没有找到这个乡镇或村")])
def test_a_place_that_is_not_the_only_one_is_named_with_its_code(everywhere, actor, typed, said):
    form = SendTransfer(
        {"to": typed, "on": "2026-11-20", "proof": "迁移证"}, actor=actor("township", 500242101000), target=make_resident(500242101200), now=NOW
    )
    form.is_valid()
    assert said in form.errors["to"][0]
