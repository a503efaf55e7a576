"""Every action of the house by its example: every role, inside and outside, in the wrong state, and again with the same key.

A new action is in all of this the moment it is registered; it only has to bring its example.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from proofs.pages import act_url, client_of
from proofs.seats import COUNTY, OTHER_TOWNSHIP, ROLES, TOWNSHIP, seat_of
from proofs.state import changed, state
from ruamel.yaml import YAML

from weimin.actions.act import act, find_target
from weimin.actions.examples import Build, Example, collect
from weimin.actions.registry import ACTIONS
from weimin.trail.models import Entry
from weimin.walls.actor import Actor, system_actor
from weimin.walls.errors import InputInvalid, KeyReused, NotAllowed, NotVisible, Refusal, RuleBroken
from weimin.walls.session import entered

EXAMPLES = collect()
KNOWN = sorted(set(ACTIONS) & set(EXAMPLES))
CHECKED = [name for name in KNOWN if ACTIONS[name].check is not None]
PERSONAL = {row["action"]: row["reason"] for row in YAML(typ="safe").load(Path(__file__).parent / "data" / "personal_actions.yaml")}
ODD = [-1, 2**63, "x", "1 OR 1=1", "\x00"]  # targets that no page of ours writes
pytestmark = [pytest.mark.django_db, pytest.mark.req("X1")]


class RolledBack(Exception):
    """Ends a trial without leaving anything."""


class Trial:
    """One action with what its example built, done by whoever is asked to."""

    def __init__(self, name: str, now: Any) -> None:
        self.name, self.now, self.example = name, now, EXAMPLES[name]
        made = self.example.files() if self.example.files else {}
        self.files = {field: (upload.name, upload.read(), upload.content_type) for field, upload in made.items()}

    def build(self, who: Actor, region: int, how: Build | None = None) -> Trial:
        with entered(system_actor()):
            self.target, self.data = (how or self.example.build)(who, region)
        return self

    def act(self, who: Actor, key: str = "key", **over: Any) -> Any:
        files = {field: SimpleUploadedFile(*facts) for field, facts in self.files.items()} or None
        return act(who, self.name, {**self.data, **over}, key, target=self.target, files=files, now=self.now)

    def is_shown_to(self, who: Actor) -> bool:
        """Whether the target is seen from there: nothing is targeted, or a paper of the whole jurisdiction (its plan)."""
        with entered(who):
            try:
                find_target(ACTIONS[self.name], who, self.target)
            except NotVisible:
                return False
        return True

    def answer(self, who: Actor, key: str = "key", **over: Any) -> type[Refusal] | None:
        """The kind of refusal, None when it was done; a refusal without a sentence is none."""
        try:
            self.act(who, key, **over)
        except Refusal as refusal:
            assert str(refusal).strip(), f"{self.name}: refused without a sentence"
            return type(refusal)
        return None


@pytest.fixture
def trial(jurisdiction: Any, actor: Callable[..., Actor], now: Any) -> Callable[..., tuple[Trial, Actor]]:
    """trial(name, region=None, how=None) -> the trial as built, and the person of the example's role who will act."""

    def make(name: str, region: int | None = None, how: Build | None = None) -> tuple[Trial, Actor]:
        role = EXAMPLES[name].role
        who = actor(role, region or seat_of(role))
        return Trial(name, now).build(who, region or seat_of(role), how), who

    return make


def test_every_action_has_an_example() -> None:
    missing = [
        f'{name}: add EXAMPLES["{name}"] = Example(role=…, build=…) to weimin/{action.run.__module__.split(".")[1]}/tests/examples.py'
        for name, action in ACTIONS.items()
        if name not in EXAMPLES
    ]
    assert missing == []


def test_no_example_is_left_of_an_action_that_is_gone() -> None:
    assert sorted(set(EXAMPLES) - set(ACTIONS)) == []


def test_every_personal_action_says_why() -> None:
    assert [name for name, reason in PERSONAL.items() if name not in ACTIONS or len(reason.split()) < 4] == []


def test_every_action_says_in_chinese_what_it_does() -> None:
    assert [name for name, action in ACTIONS.items() if not any("\u4e00" <= sign <= "\u9fff" for sign in action.says)] == []


def test_every_action_is_for_roles_that_exist() -> None:
    assert [name for name, action in ACTIONS.items() if not action.roles or action.roles - set(ROLES)] == []


@pytest.mark.parametrize("name", KNOWN)
def test_the_example_is_done_and_leaves_one_receipt_and_one_entry_on_the_trail(name: str, trial: Any) -> None:
    built, who = trial(name)
    receipt = built.act(who)
    with entered(system_actor()):
        entries = list(Entry.objects.filter(action=name).values_list("person", "role", "region"))
    assert entries == [(who.person, who.role, receipt.region)]
    assert who.covers(receipt.region)


@pytest.mark.parametrize("name", KNOWN)
def test_roles_that_may_not_are_refused_and_nothing_changes(name: str, trial: Any, actor: Any) -> None:
    built, _who = trial(name)
    strangers = [actor(role, seat_of(role)) for role in ROLES if role not in ACTIONS[name].roles]
    before = state(*(stranger.person for stranger in strangers))
    wrong = {stranger.role: answer for stranger in strangers if (answer := built.answer(stranger)) is not NotAllowed}
    assert (wrong, changed(before, state(*(stranger.person for stranger in strangers)))) == ({}, [])


@pytest.mark.parametrize("name", KNOWN)
def test_roles_that_may_are_never_told_that_their_post_may_not(name: str, jurisdiction: Any, actor: Any, now: Any) -> None:
    """What is refused to them is refused by the state or by the form, with a sentence."""
    wrong = {}
    for role in ACTIONS[name].roles:
        who = actor(role, seat_of(role))
        with pytest.raises(RolledBack), transaction.atomic():
            answer = Trial(name, now).build(who, seat_of(role)).answer(who)
            if answer not in (None, RuleBroken, InputInvalid):
                wrong[role] = answer
            raise RolledBack
    assert wrong == {}


@pytest.mark.parametrize("name", sorted(set(KNOWN) - set(PERSONAL)))
def test_from_another_township_there_is_nothing_and_nothing_changes(name: str, trial: Any, actor: Any) -> None:
    built, _who = trial(name, TOWNSHIP)
    stranger = actor(EXAMPLES[name].role, OTHER_TOWNSHIP)
    before = state(stranger.person)
    allowed = (NotVisible, InputInvalid, RuleBroken) if built.is_shown_to(stranger) else (NotVisible,)
    assert built.answer(stranger) in allowed
    assert changed(before, state(stranger.person)) == []


@pytest.mark.parametrize("name", sorted(PERSONAL))
def test_a_personal_action_of_a_stranger_leaves_the_other_alone(name: str, trial: Any, actor: Any) -> None:
    built, who = trial(name, TOWNSHIP)
    stranger = actor(EXAMPLES[name].role, OTHER_TOWNSHIP)
    before = state(who.person)
    assert built.answer(stranger) is None
    assert changed(before, state(who.person)) == ["trail_entry"]


@pytest.mark.parametrize("name", [name for name in KNOWN if ACTIONS[name].find is not None and name not in PERSONAL])
def test_a_target_that_does_not_exist_is_not_found(name: str, trial: Any) -> None:
    built, who = trial(name)
    answers = {}
    for target in ODD if built.target is not None else []:
        built.target = target
        answers[target] = built.answer(who)
    assert set(answers.values()) <= {NotVisible}, answers


@pytest.mark.parametrize("name", CHECKED)
def test_in_the_wrong_state_it_is_refused_with_a_sentence_and_nothing_changes(name: str, trial: Any) -> None:
    """The wrong state is the one that the example's `wrong` builds, else the one after the action was done."""
    example: Example = EXAMPLES[name]
    built, who = trial(name, how=example.wrong)
    if example.wrong is None:
        built.act(who)
    before = state(who.person)
    answer = built.answer(who, "another key")
    assert answer is not None, f"{name}: it can be done twice; give its Example a wrong=… where its check refuses"
    assert answer in (RuleBroken, NotVisible)
    assert changed(before, state(who.person)) == []


@pytest.mark.parametrize("name", KNOWN)
def test_the_same_key_again_gives_the_same_receipt_and_changes_nothing(name: str, trial: Any) -> None:
    built, who = trial(name)
    first = built.act(who)
    before = state(who.person)
    assert built.act(who).pk == first.pk
    assert changed(before, state(who.person)) == []


@pytest.mark.parametrize("name", KNOWN)
def test_the_same_key_with_other_content_is_refused_and_changes_nothing(name: str, trial: Any) -> None:
    built, who = trial(name)
    built.act(who)
    before = state(who.person)
    assert built.answer(who, remark="别的内容", other="1") is KeyReused
    assert changed(before, state(who.person)) == []


@pytest.mark.parametrize("name", KNOWN)
def test_the_page_of_the_action_opens_for_the_one_who_may(name: str, trial: Any, actor: Any, client_as: Any) -> None:
    """By HTTP: 200 for the role of the example, 403 for one that may not."""
    built, who = trial(name)
    assert client_of(who).get(act_url(name, built.target)).status_code == 200
    refused = next((role for role in ROLES if role not in ACTIONS[name].roles), None)
    if refused is not None:
        assert client_as(refused, COUNTY).get(act_url(name, built.target)).status_code == 403
