"""What the pages show, to whom, and what they keep to themselves."""

from __future__ import annotations

from datetime import date

import pytest

from weimin.residents.models import GroupMembership
from weimin.residents.tests.builders import id_number, make_family, make_resident
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

VILLAGE, OTHER, COUNTY = 500242101200, 500242102200, 500242000000


@pytest.fixture
def family(jurisdiction):
    with entered(system_actor()):
        household, members = make_family(VILLAGE)
        GroupMembership.objects.create(resident=members[0], region=VILLAGE, kind="mental_illness", since_on=date(2025, 1, 1), source="诊断")
        GroupMembership.objects.create(resident=members[0], region=VILLAGE, kind="veteran", since_on=date(2025, 1, 1), source="退役证")
    return household, members


def text_of(answer):
    return answer.content.decode()


@pytest.mark.req("A1", "X4")
def test_the_page_of_a_resident_shows_household_and_groups_and_no_whole_number(family, client_as):
    head = family[1][0]
    page = text_of(client_as("village", VILLAGE).get(f"/residents/{head.pk}/"))
    assert "冉小红" in page and "退役军人" in page and "配偶" in page
    assert head.id_number not in page and head.phone not in page and f"{head.id_number[:6]}****{head.id_number[-4:]}" in page


@pytest.mark.req("X4")
@pytest.mark.parametrize(
    ("role", "region"), [("lead_office", COUNTY), ("partner", 500242101000), ("operator", VILLAGE), ("supervisor", COUNTY), ("auditor", COUNTY)]
)
def test_a_post_without_the_purpose_sees_nothing(family, client_as, role, region):
    head, client = family[1][0], client_as(role, region)
    answers = [
        client.get(f"/residents/{head.pk}/"),
        client.get("/residents/?text=冉大山"),
        client.get("/search/?q=冉大山"),
        client.get("/act/residents.enter/"),
    ]
    assert [answer.status_code for answer in answers] == [404, 403, 200, 403]
    answers.append(client.post("/residents/check-id/", {"id_kind": "id_card", "id_number": head.id_number}))
    assert answers[-1].status_code == 403
    assert not any("冉小红" in text_of(answer) or head.id_number[-4:] in text_of(answer) for answer in answers)


@pytest.mark.req("X4")
def test_a_post_of_another_village_sees_nothing(family, client_as):
    head, client = family[1][0], client_as("village", OTHER)
    assert client.get(f"/residents/{head.pk}/").status_code == client.get("/residents/999999999/").status_code == 404
    pages = [client.get(f"/residents/?text={text}") for text in ("冉大山", "rds", head.id_number, head.id_number[-6:], "13800001111")]
    pages += [client.get("/residents/"), client.get(f"/search/?q={head.id_number[-6:]}")]
    pages.append(client.post("/residents/check-id/", {"id_kind": "id_card", "id_number": head.id_number}))
    assert not any(f"/residents/{head.pk}/" in text_of(page) for page in pages)


@pytest.mark.req("A2", "X4")
def test_mental_illness_stands_in_no_list_and_not_at_the_counter(family, client_as):
    head = family[1][0]
    assert "精神障碍患者</span>" not in text_of(client_as("village", VILLAGE).get("/residents/?text=冉大山"))
    assert "诊断" in text_of(client_as("village", VILLAGE).get(f"/residents/{head.pk}/"))
    assert "诊断" not in text_of(client_as("window", 500242101000).get(f"/residents/{head.pk}/"))
    assert f"/residents/{head.pk}/" not in text_of(client_as("window", 500242101000).get("/residents/?group=mental_illness"))


@pytest.mark.req("X4")
def test_no_life_line_names_an_illness(family, client_as):
    page = text_of(client_as("window", 500242101000).get(f"/act/residents.record_death/{family[1][0].pk}/"))
    assert "退出人群：退役军人" in page and "退出人群：重点人群" in page and "精神障碍" not in page


@pytest.mark.req("A1")
@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {0, 1, 2}),
        ("?group=veteran", {0}),
        ("?age=60", set()),
        ("?status=dead", {3}),
        ("?status=all", {0, 1, 2, 3}),
        ("?text=冉小&group=veteran", set()),
        ("?township=x&village=12", {0, 1, 2}),
    ],
)
def test_filters_live_in_the_address(family, client_as, query, shown):
    with entered(system_actor()):
        people = [*family[1], make_resident(VILLAGE, "田大勇", status="dead")]
    page = text_of(client_as("village", VILLAGE).get(f"/residents/{query}"))
    assert {place for place, row in enumerate(people) if f"/residents/{row.pk}/" in page} == shown


def test_pages_go_on_by_keyset_and_meet_everybody_once(jurisdiction, client_as):
    with entered(system_actor()):
        people = {make_resident(VILLAGE + place % 2, f"冉{place}", id_number="").pk for place in range(60)}
    client, seen, address = client_as("township", 500242101000), [], "/residents/"
    while address:
        answer = client.get(address)
        seen += [row["pk"] for row in answer.context["rows"]]
        address = f"/residents/?cursor={answer.context['page'].next}" if answer.context["page"].next else ""
    assert (len(seen), set(seen)) == (60, people)


@pytest.mark.req("A1")
@pytest.mark.parametrize(("number", "said"), [("11010519491231002X", "号码正确：女，1949-12-31 出生"), ("110105194912310021", "校验位不符"), ("", "")])
def test_a_number_is_checked_while_it_is_typed(jurisdiction, client_as, number, said):
    answer = client_as("village", VILLAGE).post("/residents/check-id/", {"id_kind": "id_card", "id_number": number})
    assert said in text_of(answer) and (said or not text_of(answer).strip())


def test_who_has_the_number_is_told_inside_the_range(jurisdiction, client_as):
    number = id_number()
    with entered(system_actor()):
        row = make_resident(VILLAGE, id_number=number)
    answer = client_as("village", VILLAGE).post("/residents/check-id/", {"id_kind": "id_card", "id_number": number})
    assert f"/residents/{row.pk}/" in text_of(answer)


@pytest.mark.req("A1")
def test_the_page_of_a_death_says_first_what_it_touches(family, client_as):
    page = text_of(client_as("village", VILLAGE).get(f"/act/residents.record_death/{family[1][0].pk}/"))
    assert "登记后会一起更新" in page and "冉小红任户主" in page


def test_the_page_of_a_household_lists_who_lives_in_it(family, client_as):
    page = text_of(client_as("township", 500242101000).get(f"/residents/households/{family[0].pk}/"))
    assert all(row.name in page and row.id_number not in page for row in family[1])


@pytest.mark.parametrize(("role", "offered"), [("window", False), ("township", True)])
def test_the_list_offers_an_export_to_posts_that_may_have_it(everywhere, client_as, role, offered):
    make_resident(500242101200)
    assert ("/residents/export/" in client_as(role, 500242101000).get("/residents/").content.decode()) is offered
