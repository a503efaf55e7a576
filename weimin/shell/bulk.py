"""Several ticked rows of the workbench done in one go: one key per row, and for each row what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from weimin.actions.act import act
from weimin.actions.registry import ACTIONS, Action
from weimin.flows.queries import WATCHING, open_steps
from weimin.flows.registry import FLOWS
from weimin.walls.actor import Actor
from weimin.walls.errors import Refusal

ON_STEPS = "flows."  # actions whose target is the step itself; those of a domain are done on the step's record
MOST = 100
KEY_PART = 40


@dataclass(frozen=True)
class Told:
    """What came of one row: the sentence of the receipt or of the refusal."""

    title: str
    url: str
    done: bool
    words: str


def offered(actor: Actor, steps: Sequence[Any], which: str) -> list[Action]:
    """The actions of this post that may be done to several rows of a list: on steps, or leading on from the state of some row."""
    leading = {name for step in steps if step.flow in FLOWS for name in FLOWS[step.flow].actions(step.state)}
    found = [action for action in ACTIONS.values() if action.bulk and action.allows(actor)]
    return [action for action in found if action.name in leading or (action.name.startswith(ON_STEPS) and fits(action.name, which))]


def fits(name: str, which: str) -> bool:
    """What is followed already can only be let go; one's own steps need no urging."""
    unfit = {"flows.watch": which == WATCHING, "flows.unwatch": which != WATCHING, "flows.urge": which == "mine"}
    return not unfit.get(name, False)


def do_all(actor: Actor, name: str, numbers: Iterable[int], data: Mapping[str, Any], key: str) -> list[Told]:
    """Does the action to each step, as far as its state allows; sent again with the same key it changes nothing."""
    wanted = list(dict.fromkeys(numbers))[:MOST]
    steps = open_steps(actor, wanted)
    return [do_one(actor, name, steps.get(number), data, f"{key[:KEY_PART]}-{number}") for number in wanted]


def do_one(actor: Actor, name: str, step: Any, data: Mapping[str, Any], key: str) -> Told:
    if step is None:
        return Told(_("这一行"), "", False, _("已经办结，或者不在您的辖区。"))
    flow = FLOWS.get(step.flow)
    url = flow.url(step.subject_id) if flow and not step.veil else ""
    if not name.startswith(ON_STEPS) and (flow is None or name not in flow.actions(step.state)):
        return Told(str(step), url, False, _("当前环节不能办理这一步。"))
    try:
        receipt = act(actor, name, data, key, target=step.pk if name.startswith(ON_STEPS) else step.subject_id)
    except Refusal as refusal:
        return Told(str(step), url, False, str(refusal))
    return Told(str(step), url, True, receipt.message)
