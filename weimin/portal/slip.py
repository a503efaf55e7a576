"""What is done under a mandate, for whoever holds its slip (代办回执)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from weimin.cases.models import Case, Mandate
from weimin.cases.queries.agency import Act, acts_of_mandate
from weimin.cases.tokens import progress_token
from weimin.secrets.masking import PUBLIC, mask
from weimin.ui.components.status import Event
from weimin.walls.actor import Actor


@dataclass(frozen=True)
class SlipPage:
    """A mandate as its principal sees it: who acts in what until when, the cases with the way to their progress, every act."""

    number: str
    facts: list[tuple[str, Any]]
    cases: list[tuple[str, str, str]]
    events: Sequence[Event]


def events_of(acts: list[Act]) -> list[Event]:
    return [Event(act.at, act.what, act.who) for act in reversed(acts)]


def slip_page(who: Actor, mandate: Mandate) -> SlipPage:
    facts = [
        (_("委托人"), mask("name", mandate.principal_name, PUBLIC)), (_("代办人"), mandate.agent_name), (_("委托事项"), "、".join(mandate.items.values())),  # text: data
        (_("委托期限"), f"{mandate.starts_on} — {mandate.until_on}"), (_("状态"), str(mandate.get_state_display())),
    ]  # fmt: skip
    rows = Case.objects.visible_to(who).filter(mandated__mandate=mandate.pk).order_by("received_at", "pk")
    covered = [(case.item_name, str(case.get_state_display()), progress_token(case)) for case in rows]
    return SlipPage(mandate.number, facts, covered, events_of(acts_of_mandate(who, mandate)))
