"""A step as the workbench shows it, and the filters of the address. No query here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.actions.queries import Button, button_for
from weimin.actions.registry import ACTIONS
from weimin.calendars.clock import Lamp
from weimin.calendars.queries import calendar_for
from weimin.flows.listing import COUNTED
from weimin.flows.queries import COLOURS, HANDED, MINE, TEAM, WATCHING, Filters
from weimin.flows.registry import FLOWS
from weimin.flows.rules import lamp_of
from weimin.ui.formats import short_day
from weimin.ui.tables import Column
from weimin.walls.actor import Actor

# tab of the address → (list, colour it implies)
TABS = {
    "": (MINE, ""),
    "soon": (MINE, "yellow"),
    "overdue": (MINE, "red"),
    "team": (TEAM, ""),
    "handed": (HANDED, ""),
    "watching": (WATCHING, ""),
}


@dataclass(frozen=True)
class Row:
    """One line of the table: the step, its lamp, where it is, who holds it, the way on."""

    step: Any
    lamp: Lamp
    url: str
    hint: str
    place: str
    state: Any
    desk: str
    verb: Any
    primary: bool
    urge: Button | None

    @property
    def title(self) -> str:
        return str(self.step.title)


@dataclass(frozen=True)
class Wanted:
    """What the address asks for, cleaned: a tab of TABS and the filters."""

    tab: str
    which: str
    filters: Filters


def wanted(query: QueryDict) -> Wanted:
    """Odd values in the address are as good as none."""
    tab = query.get("tab", "") if query.get("tab", "") in TABS else ""
    which, implied = TABS[tab]
    colour = implied or (query.get("lamp", "") if query.get("lamp", "") in COLOURS else "")
    township = query.get("township", "")
    text = " ".join(query.get("q", "").replace("\x00", "").split())[:60]
    flow = query.get("flow", "") if query.get("flow", "") in FLOWS else ""
    code = int(township) if township.isascii() and township.isdigit() and len(township) == 12 else None
    return Wanted(tab, which, Filters(colour, text, flow, code))


def row_of(step: Any, actor: Actor, now: datetime, names: dict[int, str]) -> Row:
    """`names`: code → name for every region of the page."""
    flow = FLOWS.get(step.flow)
    state = next((item for item in flow.states if item.key == step.state), None) if flow else None
    lamp = lamp_of(step, now, calendar_for(step.region))
    own = step.role == actor.role and step.holder in (None, actor.person)
    return Row(
        step, lamp, flow.url(step.subject_id) if flow else "", hint_of(step, flow), names.get(step.region, str(step.region)),
        state.label if state else step.state, str(step.get_role_display()), next_verb(step, actor) if own else _("查看"),
        own and lamp.colour in ("red", "yellow"), None if own else urging(step, actor, now),
    )  # fmt: skip


def hint_of(step: Any, flow: Any) -> str:
    """流程，截止 11-24（暂定），已催办 1 次"""
    parts = [str(flow.label) if flow else step.flow]
    if step.due_on:
        until = _("截止 %(day)s（暂定）") if step.provisional else _("截止 %(day)s")
        parts.append(until % {"day": short_day(step.due_on)})
    if step.urged_count:
        parts.append(_("已催办 %(n)d 次") % {"n": step.urged_count})
    return "，".join(parts)


def next_verb(step: Any, actor: Actor) -> Any:
    """The label of the first action that leads on and that this post may do; the page of the record has its form."""
    flow = FLOWS.get(step.flow)
    for name in flow.actions(step.state) if flow else []:
        if name in ACTIONS and ACTIONS[name].allows(actor):
            return ACTIONS[name].label
    return _("查看")


def urging(step: Any, actor: Actor, now: datetime) -> Button | None:
    return button_for("flows.urge", actor, step, now)


def rows_of(steps: Iterable[Any], actor: Actor, now: datetime, names: dict[int, str]) -> list[Row]:
    return [row_of(step, actor, now, names) for step in steps]


def columns_of(tab: str) -> list[Column]:
    """The desk is shown where others hold the step."""
    desk = [] if TABS[tab][0] == MINE else [Column(gettext_lazy("承办岗位"), "desk", minor=True)]
    return [
        Column(gettext_lazy("时限"), "lamp", "lamp"),
        Column(gettext_lazy("事项"), "title", template="shell/_title.html", main=True),
        Column(gettext_lazy("所在地"), "place", minor=True),
        *desk,
        Column(gettext_lazy("环节"), "state"),
        Column(gettext_lazy("操作"), "verb", "action", template="shell/_next.html"),
    ]


def shown(count: int, bound: int = COUNTED) -> str:
    """A bounded count in words: 99+ when there may be more."""
    return f"{bound - 1}+" if count >= bound else str(count)


def tab_choices(counts: dict[str, int]) -> list[tuple[str, str, str]]:
    """(value, words, count) of the tabs; a list that is empty now and rarely used is left out."""
    lines = [
        ("", _("全部"), counts["all"]), ("soon", _("快到期"), counts["yellow"]), ("overdue", _("已超期"), counts["red"]),
        ("team", _("本辖区其他岗位"), counts[TEAM]), ("handed", _("我已转出"), counts[HANDED]), ("watching", _("我关注的"), counts[WATCHING]),
    ]  # fmt: skip
    return [(value, words, shown(count)) for value, words, count in lines]
