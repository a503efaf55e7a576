"""A step as the workbench shows it, and the filters of the address. No query here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.actions.queries import Button, button_for
from weimin.actions.registry import ACTIONS, Action
from weimin.calendars.clock import ZONE, Lamp
from weimin.calendars.queries import calendar_for
from weimin.flows.listing import COUNTED
from weimin.flows.queries import BLOCKED, COLOURS, HANDED, MINE, TEAM, WATCHING, Filters
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
    "blocked": (BLOCKED, ""),
    "watching": (WATCHING, ""),
}


@dataclass(frozen=True)
class Row:
    """One line of the table: the step, its lamp, where it is, who holds it, what it waits for, the way on (`way` does `verb` in one click)."""

    step: Any
    lamp: Lamp
    url: str
    way: str
    hint: str
    place: str
    state: Any
    desk: str
    wait: str
    verb: Any
    primary: bool
    urge: Button | None

    @property
    def title(self) -> str:
        return str(self.step)


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
    url = flow.url(step.subject_id) if flow and not step.veil else ""
    action = next_action(step, actor) if own else None
    return Row(
        step, lamp, url, way_on(step, flow, action) or url, hint_of(step, flow), names.get(step.region, str(step.region)),
        state.label if state else step.state, str(step.get_role_display()), waits_for(step, own, now), action.label if action else _("查看"),
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


def next_action(step: Any, actor: Actor) -> Action | None:
    """The first action that leads on and that this post may do."""
    flow = FLOWS.get(step.flow)
    names = flow.actions(step.state, stopped=step.paused_since is not None) if flow else []
    return next((ACTIONS[name] for name in names if name in ACTIONS and ACTIONS[name].allows(actor)), None)


def way_on(step: Any, flow: Any, action: Action | None) -> str:
    """The page on which the action is done, so that what is next is one click away; empty where only the record's page can say."""
    if action is None or action.find is None or action.name in flow.elsewhere:
        return ""
    return reverse("actions:act", args=[action.name, step.subject_id])


def waits_for(step: Any, own: bool, now: datetime) -> str:
    """乡镇经办，已 3 天 / 暂停计时：等材料，已 5 天"""
    since = step.paused_since or step.opened_at
    days = (now.astimezone(ZONE).date() - since.astimezone(ZONE).date()).days
    if step.paused_since:
        reason = "" if step.veil else step.paused_reason
        words = _("暂停计时：%(reason)s，已 %(n)d 天") if reason else _("暂停计时，已 %(n)d 天")
        return words % {"reason": reason, "n": days}
    return "" if own else _("等%(desk)s办理，已 %(n)d 天") % {"desk": step.get_role_display(), "n": days}


def urging(step: Any, actor: Actor, now: datetime) -> Button | None:
    return button_for("flows.urge", actor, step, now)


def rows_of(steps: Iterable[Any], actor: Actor, now: datetime, names: dict[int, str]) -> list[Row]:
    return [row_of(step, actor, now, names) for step in steps]


def columns_of(tab: str) -> list[Column]:
    """The desk is shown where others hold the step."""
    desk = [] if TABS[tab][0] == MINE else [Column(gettext_lazy("承办岗位"), "desk", minor=True)]
    if tab == "blocked":
        desk = [Column(gettext_lazy("在等什么"), "wait")]
    return [
        Column(gettext_lazy("勾选"), "", template="shell/_tick.html"),
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
        ("team", _("本辖区其他岗位"), counts[TEAM]), ("handed", _("我已转出"), counts[HANDED]),
        ("blocked", _("等别人办"), counts["paused"] + counts[HANDED]), ("watching", _("我关注的"), counts[WATCHING]),
    ]  # fmt: skip
    return [(value, words, shown(count)) for value, words, count in lines]
