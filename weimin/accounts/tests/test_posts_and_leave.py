from datetime import date

import pytest

from weimin.accounts.models import Delegation, Person, Post
from weimin.accounts.queries import actor_in, seats_of
from weimin.accounts.tests.builders import make_person, visitor
from weimin.actions.act import act
from weimin.trail.models import Entry
from weimin.walls.actor import system_actor
from weimin.walls.errors import InputInvalid, NotAllowed, NotVisible, RuleBroken
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("X1")]
LEAVE = {"deputy": "lisi", "starts_on": "2026-11-23", "ends_on": "2026-11-30", "reason": "年休假"}


def test_a_deputy_sits_in_the_post_with_the_own_name(jurisdiction, actor, now):
    absent, deputy = actor("lead_office", 500242000000), make_person("lisi", name="李四")
    act(absent, "accounts.delegate", LEAVE, "k1", target=absent.post, now=now)
    seat = next(seat for seat in seats_of(deputy, now.date()) if seat.deputy_for)
    assert seat.label.endswith("（代 张三）")
    acting = actor_in(deputy, seat)
    assert (acting.name, acting.role, acting.post) == ("李四", "lead_office", absent.post)


def test_delegating_is_on_the_trail(jurisdiction, actor, now):
    absent = actor("lead_office", 500242000000)
    make_person("lisi", name="李四")
    act(absent, "accounts.delegate", LEAVE, "k1", target=absent.post, now=now)
    with entered(system_actor()):
        entry = Entry.objects.get()
    assert (entry.action, entry.after["deputy"], entry.reason) == ("accounts.delegate", "李四", "年休假")


def test_nobody_delegates_a_post_of_somebody_else(jurisdiction, actor, now):
    mine, other = actor("lead_office", 500242000000), actor("finance", 500242000000)
    make_person("lisi")
    with pytest.raises(NotVisible):
        act(mine, "accounts.delegate", LEAVE, "k1", target=other.post, now=now)
    assert Delegation.objects.count() == 0


def test_an_auditor_is_not_represented_by_an_administrator(jurisdiction, actor, now):
    auditor = actor("auditor", 500242000000)
    make_person("lisi", role="administrator")
    with pytest.raises(RuleBroken):
        act(auditor, "accounts.delegate", LEAVE, "k1", target=auditor.post, now=now)
    assert Delegation.objects.count() == 0


@pytest.mark.parametrize("wrong", [{"deputy": "nobody"}, {"ends_on": "2026-11-01"}, {"ends_on": "2027-11-01"}, {"reason": ""}])
def test_a_leave_that_makes_no_sense_is_refused(jurisdiction, actor, now, wrong):
    absent = actor("lead_office", 500242000000)
    make_person("lisi")
    with pytest.raises(InputInvalid):
        act(absent, "accounts.delegate", LEAVE | wrong, "k1", target=absent.post, now=now)


def test_a_revoked_delegation_gives_no_seat(jurisdiction, actor, now):
    absent, deputy = actor("lead_office", 500242000000), make_person("lisi")
    row = act(absent, "accounts.delegate", LEAVE, "k1", target=absent.post, now=now).subject_id
    act(absent, "accounts.revoke_delegation", {}, "k2", target=row, now=now)
    assert [seat.deputy_for for seat in seats_of(deputy, now.date())] == [""]


def test_a_deputy_does_not_end_the_delegation(jurisdiction, actor, now):
    absent, deputy = actor("lead_office", 500242000000), make_person("lisi")
    row = act(absent, "accounts.delegate", LEAVE, "k1", target=absent.post, now=now).subject_id
    acting = actor_in(deputy, seats_of(deputy, now.date())[1])
    with pytest.raises(NotVisible):
        act(acting, "accounts.revoke_delegation", {}, "k2", target=row, now=now)


def test_switching_takes_an_own_post(jurisdiction, client_as):
    client = client_as("township", 500242101000)
    second = Post.objects.create(person=client.post_row.person, role="finance", region=500242000000, starts_on=date(2020, 1, 1))
    assert client.post("/switch-post/", {"post": second.pk}).status_code == 302
    assert client.session["post"] == second.pk


def test_nobody_switches_into_the_post_of_another(jurisdiction, client_as, make_post):
    client, other = client_as("township", 500242101000), make_post("administrator", 500242000000)
    assert client.post("/switch-post/", {"post": other.pk}).status_code == 404
    assert client.session["post"] == client.post_row.pk


def test_a_new_person_gets_a_temporary_password_that_must_change(jurisdiction, actor, now, places):
    data = {"login": "wangwu", "name": "王五", "role": "township", "region": places.township, "starts_on": "2026-11-23"}
    receipt = act(actor("administrator", places.county), "accounts.add_person", data, "k1", now=now)
    person = Person.objects.get(login="wangwu")
    password = receipt.once[1].split("：")[1]
    assert person.must_change_password and person.check_password(password)
    with entered(system_actor()):
        assert password not in str(list(Entry.objects.values()))


def test_an_administrator_gives_posts_only_inside_the_own_range(jurisdiction, actor, now, places):
    data = {
        "login": "wangwu",
        "name": "王五",
        "role": "township",
        "region": places.other_township,
        "starts_on": "2026-11-23",
    }
    with pytest.raises(NotVisible):
        act(actor("administrator", places.township), "accounts.add_person", data, "k1", now=now)
    assert not Person.objects.filter(login="wangwu").exists()


def test_an_administrator_gives_no_post_to_themselves(jurisdiction, actor, now, places):
    boss = actor("administrator", places.county)
    with pytest.raises(RuleBroken):
        act(
            boss,
            "accounts.give_post",
            {"role": "finance", "region": places.county, "starts_on": "2026-11-23"},
            "k1",
            target=boss.person,
            now=now,
        )
    assert Post.objects.filter(person=boss.person).count() == 1


def test_the_auditor_is_not_made_administrator(jurisdiction, actor, now, places):
    auditor = make_person("shenji", role="auditor", region=places.county)
    data = {"role": "administrator", "region": places.county, "starts_on": "2026-11-23"}
    with pytest.raises(RuleBroken):
        act(actor("administrator", places.county), "accounts.give_post", data, "k1", target=auditor.pk, now=now)


def test_a_township_administrator_does_not_reset_somebody_of_the_county(jurisdiction, actor, now, places):
    person = make_person("lisi", region=places.township)
    Post.objects.create(person=person, role="finance", region=places.county, starts_on=date(2020, 1, 1))
    before = person.password
    with pytest.raises(RuleBroken):
        act(
            actor("administrator", places.township),
            "accounts.reset_password",
            {"reason": "忘了"},
            "k1",
            target=person.pk,
            now=now,
        )
    person.refresh_from_db()
    assert person.password == before


def test_other_roles_manage_nobody(jurisdiction, actor, now, places):
    person = make_person("lisi", region=places.township)
    with pytest.raises(NotAllowed):
        act(
            actor("lead_office", places.county),
            "accounts.switch_off_person",
            {"reason": "x"},
            "k1",
            target=person.pk,
            now=now,
        )


def test_somebody_switched_off_is_out_at_once(jurisdiction, client_as, actor, now, places):
    client = client_as("township", places.township)
    act(
        actor("administrator", places.county),
        "accounts.switch_off_person",
        {"reason": "调离"},
        "k1",
        target=client.post_row.person_id,
        now=now,
    )
    assert client.get("/me/")["location"].startswith("/sign-in/")


def test_an_ended_post_gives_no_seat_from_the_next_day_on(jurisdiction, actor, now, places):
    person = make_person("lisi", region=places.township)
    data = {"ends_on": "2026-11-30", "reason": "调动"}
    act(actor("administrator", places.county), "accounts.end_post", data, "k1", target=person.posts.get().pk, now=now)
    assert len(seats_of(person, date(2026, 11, 30))) == 1
    assert seats_of(person, date(2026, 12, 1)) == []


def test_anonymous_people_are_led_to_the_door(jurisdiction):
    for path in (
        "/me/",
        "/people/",
        "/people/1/",
        "/me/password/",
        "/me/second-factor/",
        "/regions/",
        "/act/accounts.add_person/",
    ):
        assert visitor().get(path)["location"].startswith("/sign-in/?next="), path
