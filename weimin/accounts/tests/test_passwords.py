import pytest
from django.db import connection
from django.utils import timezone

from weimin.accounts.models import PasswordHistory, Person, SecondFactor
from weimin.accounts.passwords import set_password, temporary_password, used_before
from weimin.accounts.rules import password_faults
from weimin.accounts.second_factor import code_at
from weimin.accounts.tests.builders import PASSWORD, make_person, sign_in, visitor
from weimin.actions.act import act
from weimin.actions.models import Draft, Receipt
from weimin.trail.models import Entry
from weimin.walls.actor import system_actor
from weimin.walls.errors import RuleBroken
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("X1")]
NEW = "Xinde-Kouling-7"
DATA = {"current": PASSWORD, "password": NEW, "repeated": NEW}


def change(client, **over):
    return client.post("/me/password/", DATA | over)


def test_somebody_who_must_change_the_password_can_do_nothing_else_until_then(jurisdiction):
    person, client = make_person(must_change_password=True), visitor()
    sign_in(client)
    assert client.get("/act/accounts.delegate/1/")["location"] == "/me/password/"
    assert change(client)["location"] == "/me/"
    person.refresh_from_db()
    assert person.check_password(NEW) and not person.must_change_password
    assert client.get("/me/").status_code == 200


@pytest.mark.parametrize(
    "over",
    [
        {"current": "wrong"},
        {"password": "short1A", "repeated": "short1A"},
        {"repeated": "Other-2026"},
        {"password": PASSWORD, "repeated": PASSWORD},
    ],
)
def test_a_bad_change_is_refused_and_changes_nothing(jurisdiction, over):
    person, client = make_person(), visitor()
    set_password(person, PASSWORD, timezone.now(), must_change=False)
    sign_in(client)
    assert change(client, **over).status_code == 422
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_the_last_five_passwords_are_not_used_again(jurisdiction, now):
    person = make_person()
    for number in range(6):
        set_password(person, f"Kouling-{number}", now, must_change=False)
    assert [used_before(person, f"Kouling-{number}") for number in range(6)] == [False, True, True, True, True, True]
    assert PasswordHistory.objects.filter(person=person).count() == 5


def test_a_temporary_password_follows_the_rules():
    assert all(password_faults(temporary_password(), "zhangsan") == [] for _ in range(200))


def test_no_password_is_kept_in_draft_trail_or_receipt(jurisdiction):
    make_person()
    client = visitor()
    sign_in(client)
    assert client.post("/act/accounts.change_password/draft/", DATA).status_code == 404
    change(client)
    with entered(system_actor()):
        rows = [*Entry.objects.values(), *Draft.objects.values(), *Receipt.objects.values()]
    assert NEW not in str(rows) and PASSWORD not in str(rows)


def test_the_page_of_a_password_form_keeps_no_draft(jurisdiction, client_as, places):
    client = client_as("administrator", places.county)
    assert "data-draft-url" not in client.get("/act/accounts.add_person/").content.decode()
    person = make_person()
    assert "data-draft-url" in client.get(f"/act/accounts.give_post/{person.pk}/").content.decode()


def test_a_reset_shows_the_temporary_password_once(jurisdiction, client_as, places):
    client, person = client_as("administrator", places.county), make_person()
    sent = {"reason": "忘记口令", "key": "k1"}
    first = client.post(f"/act/accounts.reset_password/{person.pk}/", sent)
    again = client.post(f"/act/accounts.reset_password/{person.pk}/", sent)
    assert (first.status_code, again.status_code) == (200, 302)
    assert "临时口令：" in first.content.decode()
    assert Person.objects.get(pk=person.pk).must_change_password


def test_the_second_factor_counts_once_its_first_code_is_right(jurisdiction):
    person, client = make_person(role="supervisor", region=500242000000), visitor()
    sign_in(client)
    assert "data:image/svg+xml" in client.get("/me/second-factor/").content.decode()
    factor = SecondFactor.objects.get(person=person)
    assert client.post("/me/second-factor/", {"code": "000000"}).status_code == 422
    answer = client.post("/me/second-factor/", {"code": code_at(factor.secret, timezone.now())})
    factor.refresh_from_db()
    assert (answer.status_code, len(factor.recovery), factor.confirmed_at is not None) == (200, 10, True)
    assert client.get("/me/").status_code == 200


def test_a_recovery_code_replaces_one_code_once(jurisdiction, actor, now):
    person = make_person()
    seat = actor("township", 500242101000)
    factor = SecondFactor.objects.create(person_id=seat.person, secret="GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    receipt = act(seat, "accounts.confirm_second_factor", {"code": code_at(factor.secret, now)}, "k1", target=seat.post, now=now)
    Person.objects.filter(pk=seat.person).update(password=person.password)
    login, statuses = Person.objects.get(pk=seat.person).login, []
    for _ in range(2):
        client = visitor()
        sign_in(client, login=login)
        statuses.append(client.post("/sign-in/code/", {"code": receipt.once[0]}).status_code)
    assert statuses == [302, 422]


def test_a_confirmed_second_factor_is_not_replaced_by_oneself(jurisdiction, actor, now):
    seat = actor("township", 500242101000)
    SecondFactor.objects.create(person_id=seat.person, secret="GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", confirmed_at=now)
    with pytest.raises(RuleBroken):
        act(seat, "accounts.confirm_second_factor", {"code": "123456"}, "k1", target=seat.post, now=now)


def test_the_secret_is_sealed_in_the_database(jurisdiction):
    factor = SecondFactor.objects.create(person=make_person(), secret="GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM accounts_secondfactor WHERE id = %s", [factor.pk])
        assert b"GEZDGNBV" not in bytes(cursor.fetchone()[0])
