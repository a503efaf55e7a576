"""The rules of mandates as tables: what nobody does for somebody else, and whose papers are whose."""

from dataclasses import replace
from datetime import date

import pytest

from weimin.cases.rules_mandate import (
    Held,
    Party,
    Terms,
    check_all_returned,
    check_item,
    check_new_agent,
    check_power,
    check_return,
    check_same_client,
    check_standing,
    check_terms,
    forbidden,
    standing,
)
from weimin.catalogue.content import ItemContent
from weimin.walls.errors import RuleBroken

ON = date(2026, 11, 23)


def item(**over):
    facts = {"code": "MZ0001", "name": "老年优待证办理", "subject": "乡镇人民政府", "legal_basis": ["老年人权益保障法"], "who_may": "60 周岁以上",
             "steps": [{"key": "accept", "desk": "window"}], "result": "老年优待证", "window": "livelihood"}  # fmt: skip
    return ItemContent.model_validate({**facts, **over})


TERMS = Terms(
    Party("冉光华", b"1"), Party("田小红", b"2", date(1990, 5, 1)), "clerk", ON, date(2027, 5, 23), (item(),), frozenset({"submit"}), "", frozenset({"photo"}),
)  # fmt: skip


@pytest.mark.req("S4")
@pytest.mark.parametrize(
    ("over", "why"),
    [
        ({}, ""),
        ({"in_person": True}, "presence"),
        ({"agent_allowed": False}, "not_allowed"),
        ({"name": "内地居民离婚登记"}, "marriage"),
        ({"name": "收养登记"}, "adoption"),
        ({"result": "指纹采集回执"}, "biometric"),
        ({"name": "遗嘱登记"}, "testament"),
        ({"name": "补领结婚证"}, ""),
        ({"name": "婚姻登记咨询"}, ""),
    ],
)
def test_what_somebody_must_do_in_person_is_never_done_by_an_agent(over, why):
    assert forbidden(item(**over)) == why


def test_a_forbidden_item_is_refused_with_its_reason():
    with pytest.raises(RuleBroken, match="须本人到场"):
        check_item(item(in_person=True))


def test_sound_terms_pass():
    check_terms(TERMS)


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"agent": Party("冉光华", b"1")}, "同一个人"),
        ({"agent": Party("田小小", b"3", date(2010, 1, 1))}, "未满 18"),
        ({"agent_kind": "relative"}, "关系"),
        ({"until_on": date(2026, 11, 22)}, "早于"),
        ({"until_on": date(2027, 11, 24)}, "最长 12 个月"),
        ({"items": ()}, "哪些事项"),
        ({"items": (item(in_person=True),)}, "本人到场"),
        ({"powers": frozenset()}, "做什么"),
        ({"evidence": frozenset()}, "凭据"),
        ({"powers": frozenset({"submit", "receive_money"})}, "签名"),
        ({"powers": frozenset({"receive_result"})}, "签名"),
    ],
)
def test_terms_that_do_not_hold_are_refused_with_a_sentence(over, words):
    with pytest.raises(RuleBroken, match=words):
        check_terms(replace(TERMS, **over))


def test_a_signature_carries_the_power_to_receive_originals_and_money():
    check_terms(replace(TERMS, powers=frozenset({"receive_result", "receive_money"}), evidence=frozenset({"signature"})))


@pytest.mark.parametrize(
    ("state", "on", "found"),
    [
        ("active", date(2026, 11, 22), "coming"),
        ("active", date(2026, 11, 23), "active"),
        ("active", date(2027, 5, 23), "active"),
        ("active", date(2027, 5, 24), "expired"),
        ("revoked", ON, "revoked"),
        ("done", ON, "done"),
    ],
)
def test_a_mandate_is_good_from_its_first_to_its_last_day(state, on, found):
    assert standing(state, TERMS.starts_on, TERMS.until_on, on) == found


@pytest.mark.parametrize(("state", "words"), [("revoked", "撤销"), ("done", "办结")])
def test_nothing_is_done_under_a_mandate_that_ended(state, words):
    with pytest.raises(RuleBroken, match=words):
        check_standing(state, TERMS.starts_on, TERMS.until_on, ON)


def test_a_power_that_is_not_in_the_mandate_is_refused():
    check_power("submit", ["submit"])
    with pytest.raises(RuleBroken, match="代领款项"):
        check_power("receive_money", ["submit"])


@pytest.mark.req("S4")
@pytest.mark.parametrize("token", [b"", b"9"])
def test_an_application_of_another_client_is_never_filed_under_a_mandate(token):
    check_same_client(Party("甲", b"1"), Party("甲", b"1"))
    with pytest.raises(RuleBroken, match="不能混在一起"):
        check_same_client(Party("甲", b"1"), Party("乙", token))


def test_no_more_sheets_go_back_than_are_held():
    check_return(Held("户口簿", 2, True, 1), 1)
    with pytest.raises(RuleBroken, match="只有 1 份"):
        check_return(Held("户口簿", 2, True, 1), 2)


def test_originals_go_back_before_a_mandate_is_closed():
    check_all_returned([Held("户口簿", 1, True, 1), Held("身份证复印件", 2, False)])
    with pytest.raises(RuleBroken, match="户口簿"):
        check_all_returned([Held("户口簿", 1, True)])


@pytest.mark.parametrize(("before", "after"), [(1, 1), (1, None)])
def test_clients_are_handed_over_to_somebody_else(before, after):
    with pytest.raises(RuleBroken):
        check_new_agent(before, after)
