"""Every action of people and regions, by its example: done in its role, refused to others, invisible elsewhere, replayed by its key."""

import pytest

from weimin.accounts.models import Post
from weimin.accounts.roles import Role
from weimin.accounts.tests.examples import EXAMPLES, NOW
from weimin.actions.act import act
from weimin.actions.registry import ACTIONS
from weimin.regions.tests.examples import EXAMPLES as OF_REGIONS
from weimin.trail.models import Entry
from weimin.walls.actor import system_actor
from weimin.walls.errors import NotAllowed, NotVisible
from weimin.walls.session import entered

pytestmark = pytest.mark.django_db
ALL = EXAMPLES | OF_REGIONS
REFUSED = [(name, role) for name in sorted(ALL) for role in Role.values if role not in ACTIONS[name].roles]
OWN = {"accounts.change_password", "accounts.confirm_second_factor", "accounts.delegate", "accounts.revoke_delegation"}


@pytest.fixture
def build(actor):
    """build(name, role) -> (actor, target, data) in 龙潭镇."""

    def make(name, role=None):
        who = actor(role or ALL[name].role, 500242101000)
        with entered(system_actor()):
            target, data = ALL[name].build(who, 500242101000)
        return who, target, data

    return make


def test_every_action_of_the_two_rooms_has_an_example():
    assert {name for name in ACTIONS if name.startswith(("accounts.", "regions."))} == set(ALL)


@pytest.mark.parametrize("name", sorted(ALL))
def test_the_example_is_done_once_and_leaves_one_trail_row(jurisdiction, build, name):
    who, target, data = build(name)
    first = act(who, name, data, "key", target=target, now=NOW)
    assert act(who, name, data, "key", target=target, now=NOW).pk == first.pk
    with entered(system_actor()):
        assert list(Entry.objects.values_list("action", "person_name")) == [(name, "张三")]


@pytest.mark.parametrize(("name", "role"), REFUSED)
def test_a_role_that_may_not_is_refused(jurisdiction, build, name, role):
    who, target, data = build(name, role)
    with pytest.raises(NotAllowed):
        act(who, name, data, "key", target=target, now=NOW)
    with entered(system_actor()):
        assert not Entry.objects.exists()


@pytest.mark.parametrize("name", sorted(ALL))
def test_from_another_township_there_is_nothing_to_see(jurisdiction, build, actor, name):
    _who, target, data = build(name)
    stranger = actor(ALL[name].role, 500242102000)
    with pytest.raises(NotVisible):
        act(stranger, name, data, "key", target=target, now=NOW)


@pytest.mark.parametrize("name", sorted(OWN))
def test_even_a_colleague_of_the_same_place_does_not_do_it_for_somebody(jurisdiction, build, actor, name):
    _who, target, data = build(name)
    colleague = actor(ALL[name].role, 500242101000, "李四")
    with pytest.raises(NotVisible):
        act(colleague, name, data, "key", target=target, now=NOW)
    assert Post.objects.filter(person=colleague.person).count() == 1
