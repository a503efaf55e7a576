"""What life events of the register mean for cases and mandates, and where they go when two records become one.

Done as the software itself: whoever enters a death need not know of the cases. What is said of them is said to posts of this domain only.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from weimin.cases.actions.agency import drop_errands, end, page_of
from weimin.cases.flow import case_url
from weimin.cases.models import OPEN_STATES, PURPOSE, Case, Mandate, MandateState
from weimin.messages.sending import send
from weimin.residents.duplicates import on_merge
from weimin.residents.life_events import on_life_event
from weimin.residents.models import Resident
from weimin.walls.actor import Actor, system_actor
from weimin.walls.session import entered

ENDED_BY_DEATH = "委托人去世，委托终止（《民法典》第一百七十三条）"  # text: data


def open_of(actor: Actor, resident: Resident) -> tuple[list[Case], list[Mandate]]:
    """Cases on their way and mandates in force of a resident, inside the actor's range; two queries."""
    cases = Case.objects.visible_to(actor).filter(applicant=resident.pk, state__in=OPEN_STATES)
    mandates = Mandate.objects.visible_to(actor).filter(principal=resident.pk, state=MandateState.ACTIVE)
    return list(cases.order_by("pk")), list(mandates.order_by("pk"))


def said_of_death(actor: Actor, resident: Resident, on: date) -> list[str]:
    if not actor.has_purpose(PURPOSE):
        return []
    cases, mandates = open_of(actor, resident)
    lines = [_("在办的办件：%(item)s（%(number)s），会提醒承办岗位") % {"item": case.item_name, "number": case.number} for case in cases]
    return lines + [_("代办委托终止：%(number)s") % {"number": mandate.number} for mandate in mandates]


def after_death(by: Actor, resident: Resident, on: date, now: datetime) -> list[str]:
    """A mandate ends with the principal; the desks that hold a case of theirs are told. The life line is for every post: it says nothing."""
    robot = system_actor()
    with entered(robot):
        cases, mandates = open_of(robot, resident)
        for mandate in mandates:
            end(mandate, "revoked", ENDED_BY_DEATH, by, now)
            drop_errands(robot, mandate, by, now)
            if mandate.agent_id:
                text = _("%(client)s去世，代办委托终止，请把手里的材料交还家属。") % {"client": mandate.principal_name}
                send(mandate.agent_id, mandate.region, text, page_of(mandate), now)
        for case in cases:
            told: Any = case.holder_now or case.desk_now
            text = _("办件 %(number)s 的申请人已登记死亡，请核对后决定撤回还是由继承人接着办。") % {"number": case.number}
            send(told, case.region, text, case_url(case.pk), now)
    return []


def follow(model: Any, field: str) -> tuple[Any, Any]:
    """(move, back) for the rows of a model that name a resident."""

    def move(gone: Resident, kept: Resident) -> list[int]:
        with entered(system_actor()):
            numbers = list(model.objects.filter(**{field: gone.pk}).values_list("pk", flat=True))
            model.objects.filter(pk__in=numbers).update(**{field: kept.pk})
        return numbers

    def back(numbers: list[int], gone: Resident, kept: Resident) -> None:
        with entered(system_actor()):
            model.objects.filter(pk__in=numbers, **{field: kept.pk}).update(**{field: gone.pk})

    return move, back


def register() -> None:
    """Called once by AppConfig.ready()."""
    on_life_event("death", preview=said_of_death, apply=after_death)
    for name, model, field in (("cases", Case, "applicant"), ("mandates", Mandate, "principal")):
        move, back = follow(model, field)
        on_merge(name, move=move, back=back)
