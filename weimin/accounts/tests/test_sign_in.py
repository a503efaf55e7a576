from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from weimin.accounts.models import Person, SignIn
from weimin.accounts.queries import actor_in, seats_of
from weimin.accounts.second_factor import code_at
from weimin.accounts.tests.builders import PASSWORD, make_factor, make_person, sign_in, visitor
from weimin.actions.models import Draft
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("X1")]


def outcomes():
    return list(SignIn.objects.order_by("pk").values_list("outcome", flat=True))


def test_the_right_password_opens_a_session_in_the_chosen_jurisdiction(jurisdiction):
    person, client = make_person(), visitor()
    answer = sign_in(client)
    assert (answer.status_code, answer["location"]) == (302, "/")
    assert client.session["person"] == person.pk
    assert client.cookies["weimin_jurisdiction"].value == "500242000000"
    assert outcomes() == ["done"]


def test_signing_in_leads_back_to_the_page_that_was_wanted(jurisdiction):
    make_person()
    assert sign_in(visitor(), next="/me/?a=1")["location"] == "/me/?a=1"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "/\\example.org", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_site(jurisdiction, elsewhere):
    make_person()
    assert sign_in(visitor(), next=elsewhere)["location"] == "/"


def test_a_wrong_password_and_an_unknown_name_read_the_same(jurisdiction):
    make_person()
    wrong, unknown = sign_in(visitor(), password="x"), sign_in(visitor(), login="nobody", password="x")
    sentence = "登录名或口令不对，或者已被锁定"
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert sentence in wrong.content.decode() and sentence in unknown.content.decode()
    assert outcomes() == ["wrong", "unknown"]


def test_an_unknown_name_costs_a_hash_as_well(jurisdiction, monkeypatch):
    hashed = []
    monkeypatch.setattr("weimin.accounts.authentication.make_password", hashed.append)
    sign_in(visitor(), login="nobody", password="abc")
    assert hashed == ["abc"]


def test_five_failures_lock_for_fifteen_minutes_even_against_the_right_password(jurisdiction):
    person = make_person()
    for _ in range(5):
        sign_in(visitor(), password="x")
    assert sign_in(visitor()).status_code == 422
    person.refresh_from_db()
    assert timedelta(minutes=14) < person.locked_until - timezone.now() <= timedelta(minutes=15)
    assert outcomes() == ["wrong"] * 5 + ["locked"]


def test_after_the_lock_the_right_password_works_again(jurisdiction):
    person = make_person(locked_until=timezone.now() - timedelta(seconds=1))
    assert sign_in(visitor()).status_code == 302
    person.refresh_from_db()
    assert (person.failures, person.locked_until) == (0, None)


def test_somebody_switched_off_does_not_come_in(jurisdiction):
    make_person(active=False)
    assert sign_in(visitor()).status_code == 422
    assert outcomes() == ["off"]


def test_a_person_without_a_password_does_not_come_in(jurisdiction):
    make_person()
    Person.objects.update(password="")
    assert sign_in(visitor(), password="x").status_code == 422


def test_the_session_key_changes_when_signing_in(jurisdiction):
    make_person()
    client = visitor()
    sign_in(client)
    first = client.session.session_key
    sign_in(client)
    assert client.session.session_key != first


def test_a_confirmed_second_factor_is_asked_for(jurisdiction, now):
    factor, client = make_factor(make_person(), now), visitor()
    assert sign_in(client)["location"] == "/sign-in/code/"
    assert "person" not in client.session
    assert client.post("/sign-in/code/", {"code": code_at(factor.secret, timezone.now())})["location"] == "/"
    assert "person" in client.session


def test_a_one_time_code_is_taken_once(jurisdiction, now):
    factor = make_factor(make_person(), now)
    code, statuses = code_at(factor.secret, timezone.now()), []
    for _ in range(2):
        client = visitor()
        sign_in(client)
        statuses.append(client.post("/sign-in/code/", {"code": code}).status_code)
    assert statuses == [302, 422]
    assert outcomes() == ["done", "wrong_code"]


def test_five_wrong_codes_lock(jurisdiction, now):
    person = make_person()
    make_factor(person, now)
    client = visitor()
    sign_in(client)
    for _ in range(5):
        client.post("/sign-in/code/", {"code": "abc"})
    person.refresh_from_db()
    assert person.locked_until is not None


def test_without_the_password_the_code_page_leads_back(jurisdiction):
    assert visitor().get("/sign-in/code/")["location"] == "/sign-in/"


def test_a_role_that_requires_a_second_factor_must_set_it_up_first(jurisdiction):
    make_person(role="auditor", region=500242000000)
    client = visitor()
    sign_in(client)
    assert client.get("/people/")["location"] == "/me/second-factor/"
    assert client.get("/act/accounts.delegate/1/")["location"] == "/me/second-factor/"


def test_a_password_older_than_ninety_days_must_change(jurisdiction):
    make_person(changed=timedelta(days=91))
    client = visitor()
    assert sign_in(client).status_code == 302
    assert client.get("/people/")["location"] == "/me/password/"


def test_signing_out_ends_the_session(jurisdiction):
    make_person()
    client = visitor()
    sign_in(client)
    assert client.post("/sign-out/")["location"] == "/sign-in/"
    assert client.get("/me/")["location"].startswith("/sign-in/")


def test_an_idle_session_ends_and_the_page_says_why(jurisdiction, settings):
    make_person()
    client = visitor()
    sign_in(client)
    session = client.session
    session["seen"] -= settings.IDLE_SECONDS + 1
    session.save()
    answer = client.get("/me/", follow=True)
    assert answer.redirect_chain == [("/sign-in/?next=%2Fme%2F&idle=1", 302)]
    assert "有一段时间没有操作" in answer.content.decode()


def drafts_of(person):
    with entered(actor_in(person, seats_of(person, timezone.localdate())[0])):
        return list(Draft.objects.values_list("action", "data"))


def idle_client(settings):
    client = visitor()
    sign_in(client)
    session = client.session
    session["seen"] -= settings.IDLE_SECONDS + 1
    session.save()
    return client


def test_a_form_sent_after_the_session_was_idle_is_kept_and_the_way_leads_back_to_it(jurisdiction, settings):
    person, url = make_person(), "/act/messages.mark_all_read/"
    answer = idle_client(settings).post(url, {"note": "还没有发出去"}, headers={"referer": f"http://testserver{url}?next=%2Fme%2F"})
    assert parse_qs(urlsplit(answer["location"]).query) == {"next": [f"{url}?next=%2Fme%2F"], "idle": ["1"]}
    assert drafts_of(person) == [("messages.mark_all_read", {"note": ["还没有发出去"]})]


def test_an_idle_session_keeps_nothing_for_an_action_the_post_may_not_do(jurisdiction, settings):
    person = make_person()
    idle_client(settings).post("/act/accounts.switch_off_person/1/", {"reason": "不该留下"})
    assert drafts_of(person) == []


@pytest.mark.parametrize("referer", ["https://example.org/act/", "http://testserver//example.org/", "nonsense"])
def test_the_way_back_after_a_lost_session_never_leads_to_another_site(jurisdiction, referer):
    answer = visitor().post("/act/accounts.switch_off_person/1/", {}, headers={"referer": referer})
    assert answer["location"] == "/sign-in/?next=%2F"


def test_a_changed_password_ends_the_other_sessions(jurisdiction):
    person, client = make_person(), visitor()
    sign_in(client)
    person.set_password("Another-2026")
    person.save()
    assert client.get("/me/")["location"].startswith("/sign-in/")


def test_the_jurisdiction_is_chosen_by_name_where_there_are_several(jurisdiction):
    page = visitor().get("/sign-in/").content.decode()
    assert "酉阳土家族苗族自治县</option>" in page and "土陂乡</option>" in page


def test_a_session_of_one_jurisdiction_opens_nothing_in_another(jurisdiction):
    make_person()
    client = visitor()
    sign_in(client)
    client.cookies["weimin_jurisdiction"] = "341221203000"
    assert client.get("/me/")["location"].startswith("/sign-in/")


def test_people_above_the_jurisdictions_land_on_their_list(db):
    person = make_person("sheng", region=500000000000, role="lead_office")
    client = Client()
    answer = client.post("/sign-in/", {"login": "sheng", "password": PASSWORD, "jurisdiction": "0"}, follow=True)
    assert answer.redirect_chain == [("/jurisdictions/", 302)]
    text = answer.content.decode()
    assert person.name in text and "酉阳" in text and "土陂乡" not in text
