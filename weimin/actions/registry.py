"""Every write of the whole house, by name. Tests, documentation, the API and the pages enumerate this registry."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model

from weimin.actions.forms import ActionForm, NoInput
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible, RuleBroken

Find = Callable[[Actor, Any], Any]
RegionOf = Callable[[Any, dict[str, Any]], int]
Check = Callable[[Any, Actor, datetime], None]
Run = Callable[[Actor, Any, dict[str, Any], datetime], "Outcome"]


@dataclass
class Outcome:
    """What an action did: the record it concerns, masked summaries for the trail, a sentence and the next page.

    once: what is shown to the person a single time and stored nowhere (a temporary password, recovery codes).
    pressing: the next page comes before going back to where the person came from (an emergency, a paper that is signed now).
    """

    subject: Model | None
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    message: Any = ""
    next_url: str = ""
    region: int | None = None
    reason: str = ""
    once: list[str] = field(default_factory=list)
    pressing: bool = False


@dataclass(frozen=True)
class Action:
    """One verb: who may, on what, where, with which input, under which condition, and the function that does it."""

    name: str
    label: Any
    run: Run
    form: type[ActionForm]
    roles: frozenset[str]
    find: Find | None
    region: RegionOf
    check: Check | None
    confirm: Any = ""
    template: str = "actions/act.html"
    keeps_draft: bool = True
    bulk: bool = False

    @property
    def says(self) -> str:
        return (self.run.__doc__ or "").strip().splitlines()[0]

    def allows(self, actor: Actor) -> bool:
        return actor.role in self.roles or actor.is_system

    def refusal(self, found: Any, actor: Actor, now: datetime) -> str:
        """Why the state of what was found does not let the action be done now; empty when it does."""
        try:
            if self.check is not None:
                self.check(found, actor, now)
        except RuleBroken as broken:
            return str(broken)
        return ""


ACTIONS: dict[str, Action] = {}


def register(
    name: str, *, label: Any, roles: Iterable[str], region: RegionOf, form: type[ActionForm] = NoInput,
    find: Find | None = None, check: Check | None = None, confirm: Any = "", template: str = "actions/act.html",
    keeps_draft: bool = True, bulk: bool = False,
) -> Callable[[Run], Run]:  # fmt: skip
    """Registers a function as the action `name`; a name is registered once.

    keeps_draft=False: what is typed (a password, a code) is never stored, not even as a draft.
    bulk=True: several records may be ticked and done in one go, each with its own key; nothing in its form may be required.
    """

    def remember(run: Run) -> Run:
        if name in ACTIONS:
            raise ValueError(f"action {name} is registered twice")
        ACTIONS[name] = Action(name, label, run, form, frozenset(roles), find, region, check, confirm, template, keeps_draft, bulk)
        return run

    return remember


def get_action(name: str) -> Action:
    try:
        return ACTIONS[name]
    except KeyError:
        raise NotVisible() from None
