"""A clerk acts for a resident by a written mandate: who, what, until when; no two clients are mixed; nothing is lost on the way (S4)."""

import base64
import io
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from PIL import Image

from weimin.actions.act import act, new_key
from weimin.cases.models import Errand, HandOver, HeldPaper, Mandate, MandateCase
from weimin.cases.queries.agency import acts_for_resident
from weimin.cases.tests.agency_builders import OTHER_ID, drawn, make_agent, make_errand, make_held, make_mandate, mandate_data, put_case_under
from weimin.cases.tests.builders import make_case
from weimin.catalogue.tests.builders import make_version
from weimin.flows.models import Step
from weimin.messages.models import Message
from weimin.residents.tests.builders import id_number
from weimin.walls.actor import system_actor
from weimin.walls.errors import InputInvalid, NotVisible, RuleBroken
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("S4")]


@pytest.fixture
def world(jurisdiction, places):
    with entered(system_actor()):
        yield places


@pytest.fixture
def clerk(world, actor):
    return actor("window", world.township)


def do(who, name, target, now, /, **data):
    return act(who, f"cases.{name}", data, new_key(), target=getattr(target, "pk", target), now=now)


def test_a_mandate_says_who_what_and_until_when(world, clerk, now):
    make_version()
    agent = make_agent(world.village)
    do(clerk, "write_mandate", None, now, **mandate_data(agent, world.village))
    mandate = Mandate.objects.get()
    assert (mandate.principal_name, mandate.agent, mandate.agent_name, mandate.items) == ("冉桂兰", agent, "田小红", {"CV0001": "高龄津贴申领"})
    assert (mandate.powers, mandate.evidence, str(mandate.until_on), mandate.region) == (["submit"], ["family"], "2027-05-23", world.village)
    assert mandate.number.startswith("WT50024220261123")


def test_the_items_of_a_mandate_are_folded_under_the_windows_that_take_them(world, client_as):
    make_version()
    make_version(code="CV0002", window="party")
    page = client_as("village", world.village).get("/act/cases.write_mandate/").content.decode()
    assert page.index("<summary>党群服务窗口") < page.index('value="CV0002"') < page.index("<summary>民政事务窗口") < page.index('value="CV0001"')


def test_a_child_acts_for_nobody(world, clerk, now):
    make_version()
    relative = {"agent_kind": "relative", "agent_name": "冉小宝", "agent_id_number": id_number(date(2012, 3, 4)), "relation": "孙子"}
    with pytest.raises(RuleBroken, match="未满 18 周岁"):
        do(clerk, "write_mandate", None, now, **mandate_data(make_agent(world.village), world.village, **relative))
    assert not Mandate.objects.exists()


@pytest.mark.parametrize(
    "over", [{"in_person": True}, {"agent_allowed": False}, {"name": "内地居民结婚登记"}], ids=["in person", "not allowed", "declares a will"]
)
def test_what_must_be_done_in_person_cannot_be_given_away(world, clerk, now, over):
    make_version(**over)
    with pytest.raises(InputInvalid) as refused:
        do(clerk, "write_mandate", None, now, **mandate_data(make_agent(world.village), world.village))
    assert (list(refused.value.form.errors), Mandate.objects.count()) == (["items"], 0)


def test_money_is_received_only_with_the_signature_of_the_principal(world, clerk, now):
    make_version()
    given = mandate_data(make_agent(world.village), world.village, powers=["submit", "receive_money"])
    with pytest.raises(RuleBroken, match="签名"):
        do(clerk, "write_mandate", None, now, **given)
    do(clerk, "write_mandate", None, now, **given, signature=drawn())
    assert Mandate.objects.get().evidence == ["family", "signature"]


def test_a_mandate_for_a_case_takes_its_applicant_and_covers_it(world, clerk, now):
    case = make_case(world.village, "decide", now=now)
    agent = make_agent(world.village)
    given = {name: value for name, value in mandate_data(agent, world.village).items() if name not in ("name", "id_number", "region", "phone")}
    do(clerk, "write_mandate", f"c{case.pk}", now, **given)
    mandate = Mandate.objects.get()
    assert (mandate.principal_name, MandateCase.objects.get().case, MandateCase.objects.get().mandate) == ("冉桂兰", case, mandate)


def test_a_client_of_another_township_is_not_there(world, actor, now):
    case = make_case(world.village, "review", now=now)
    with pytest.raises(NotVisible):
        do(actor("window", world.other_township), "write_mandate", f"c{case.pk}", now)


def test_the_case_of_another_client_is_never_put_under_a_mandate(world, clerk, now):
    mandate = make_mandate(world.village)
    other = make_case(world.village, "review", now=now, applicant_name="田桂香", applicant_id_number=OTHER_ID)
    with pytest.raises(RuleBroken, match="不能混在一起"):
        do(clerk, "attach_case", mandate, now, number=other.number)
    assert not MandateCase.objects.exists()


def test_the_database_refuses_to_mix_two_clients_whoever_writes(world, now):
    mandate = make_mandate(world.village)
    other = make_case(world.village, "review", now=now, applicant_id_number=OTHER_ID)
    with pytest.raises(IntegrityError), transaction.atomic():
        MandateCase.objects.create(mandate=mandate, case=other, region=other.region, attached_by="张三", attached_at=now)


def test_an_errand_names_cases_of_its_own_client_only(world, clerk, now):
    mandate = make_mandate(world.village)
    put_case_under(mandate)
    other = make_case(world.village, "review", now=now, applicant_id_number=OTHER_ID)
    with pytest.raises(InputInvalid):
        do(clerk, "add_errand", mandate, now, what="取证", place="县城", planned_on="2026-11-24", case=str(other.pk))
    assert not Errand.objects.exists()


def test_a_case_of_an_item_that_was_not_given_is_refused(world, clerk, now):
    mandate = make_mandate(world.village, items={"CV0009": "养犬登记"})
    with pytest.raises(RuleBroken, match="没有写"):
        do(clerk, "attach_case", mandate, now, number=make_case(world.village, "review", now=now).number)


def test_an_expired_mandate_does_nothing(world, clerk, now):
    mandate = make_mandate(world.village, starts_on="2026-01-01", until_on="2026-11-22")
    with pytest.raises(RuleBroken, match="到期"):
        do(clerk, "add_errand", mandate, now, what="取证", place="县城", planned_on="2026-11-24")


def test_papers_are_taken_and_given_back_one_by_one(world, clerk, now):
    make_version()
    mandate = make_mandate(world.village)
    do(clerk, "collect_papers", mandate, now, name_0="居民户口簿", count_0="1", original_0="on", name_1="身份证复印件", count_1="2", signed_by="张三")
    book, copies = HeldPaper.objects.order_by("pk")
    assert [(row.name, row.count, row.original, row.left) for row in (book, copies)] == [("居民户口簿", 1, True, 1), ("身份证复印件", 2, False, 2)]
    do(clerk, "return_papers", mandate, now, **{f"paper_{book.pk}": "1", f"paper_{copies.pk}": "1"}, signed_by="冉桂兰", signature=drawn())
    assert [HeldPaper.objects.get(pk=row.pk).left for row in (book, copies)] == [0, 1]
    assert [(row.kind, row.number[-3:]) for row in HandOver.objects.order_by("pk")] == [("collect", "-01"), ("return", "-02")]


def test_papers_go_back_with_a_signature(world, clerk, now):
    mandate = make_mandate(world.village)
    held = make_held(mandate)
    with pytest.raises(InputInvalid):
        do(clerk, "return_papers", mandate, now, **{f"paper_{held.pk}": "1"}, signed_by="冉桂兰")
    held.refresh_from_db()
    assert held.returned == 0


def test_no_more_goes_back_than_was_taken(world, clerk, now):
    mandate = make_mandate(world.village)
    held = make_held(mandate)
    with pytest.raises(RuleBroken, match="只有 1 份"):
        do(clerk, "return_papers", mandate, now, **{f"paper_{held.pk}": "2"}, signed_by="冉桂兰", signature=drawn())


def test_the_principal_revokes_at_any_time(world, clerk, now):
    mandate = make_mandate(world.village)
    errand, held = make_errand(mandate), make_held(mandate)
    do(clerk, "revoke_mandate", mandate, now, reason="自己办")
    mandate.refresh_from_db()
    errand.refresh_from_db()
    assert (mandate.state, mandate.end_reason, errand.result) == ("revoked", "自己办", "委托已撤销，不再办理")
    assert Message.objects.get(person=mandate.agent).text == "冉桂兰撤销了代办委托，请停止代办并交还材料。"
    do(clerk, "return_papers", mandate, now, **{f"paper_{held.pk}": "1"}, signed_by="冉桂兰", signature=drawn())


@pytest.mark.parametrize(("left", "words"), [(make_errand, "跑腿"), (make_held, "户口簿"), (put_case_under, "没有办结")])
def test_a_mandate_is_closed_only_when_everything_is_done_and_back(world, clerk, now, left, words):
    mandate = make_mandate(world.village)
    left(mandate)
    with pytest.raises(RuleBroken, match=words):
        do(clerk, "finish_mandate", mandate, now, note="已回访")
    mandate.refresh_from_db()
    assert mandate.state == "active"


def test_clients_errands_and_open_steps_go_to_another_agent(world, actor, now):
    before, after = make_agent(world.village), make_agent(world.village, name="冉光明")
    mandate = make_mandate(world.village, before)
    case, errand = put_case_under(mandate, holder_now=before.pk), make_errand(mandate)
    kept = make_mandate(world.village, before)
    do(actor("township", world.township), "change_agent", before, now, after=str(after.pk), mandates=[str(mandate.pk)], reason="调离")
    for row in (mandate, kept, case, errand):
        row.refresh_from_db()
    step = Step.objects.get(subject_type="cases.case", subject_id=case.pk, closed_at__isnull=True)
    assert (mandate.agent, mandate.agent_name, kept.agent) == (after, "冉光明", before)
    assert (step.holder, case.holder_now, errand.agent) == (after.pk, after.pk, after.pk)
    assert Message.objects.get(person=after).text == "田小红把 1 份代办委托移交给您，请核对移交单。"


def test_the_resident_sees_each_act_in_order(world, clerk, now):
    mandate = make_mandate(world.village)
    case = put_case_under(mandate)
    errand = make_errand(mandate)
    later = now + timedelta(hours=1)
    do(clerk, "finish_errand", errand, later, result="已取到证明", done_on="2026-11-23")
    do(clerk, "revoke_mandate", mandate, later, reason="自己办")
    acts = [one.what for one in acts_for_resident(system_actor(), case)]
    assert acts == ["登记委托，代办人是田小红", "安排跑腿：到社保所取证（县社保所）", "把这个办件列入代办", "到社保所取证：已取到证明", "撤销委托"]


def test_an_empty_box_is_no_signature(world, clerk, now):
    mandate = make_mandate(world.village)
    held, buffer = make_held(mandate), io.BytesIO()
    Image.new("RGBA", (600, 220)).save(buffer, "PNG")
    empty = "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()
    with pytest.raises(InputInvalid):
        do(clerk, "return_papers", mandate, now, **{f"paper_{held.pk}": "1"}, signed_by="冉桂兰", signature=empty)
