"""Whose turn it is in a swap or a leave: told to the one who has an account, else to the window that writes it down for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from weimin.accounts.roles import Role
from weimin.messages.sending import LANGUAGE_OUTSIDE, send
from weimin.messages.wording import register_template
from weimin.reception.models import DutyLeave, DutySwap
from weimin.regions.rules import Level, level
from weimin.staffing.models import Worker

PROPOSED, AGREED, APPROVED, REFUSED, STANDS_IN = (f"reception.swap_{word}" for word in ("proposed", "agreed", "approved", "refused", "stands_in"))
register_template(PROPOSED, _("%(mine)s想把 %(mine_at)s 的班和%(theirs)s %(theirs_at)s 的班对换，请答复同意还是不同意。"))
register_template(AGREED, _("%(mine)s（%(mine_at)s）和%(theirs)s（%(theirs_at)s）已商定换班，请批准。"))
register_template(APPROVED, _("换班已批准：%(theirs_at)s 由%(mine)s值班，%(mine_at)s 由%(theirs)s值班。"))
register_template(REFUSED, _("换班没有同意：%(mine)s（%(mine_at)s）和%(theirs)s（%(theirs_at)s）。班次不变。"))
register_template(STANDS_IN, _("%(name)s %(starts)s 至 %(ends)s 请假，由%(stand_in)s顶班，共 %(number)s 个半天。"))
KEEPER_OF = {Level.VILLAGE: Role.VILLAGE, Level.TOWNSHIP: Role.TOWNSHIP}  # who keeps the roster of a centre, by where it is


def reader_of(worker: Worker | None) -> int | str:
    """The person of a worker; of one without an account the window, which speaks for them."""
    return worker.person_id if worker is not None and worker.person_id else str(Role.WINDOW.value)


def words_of(swap: DutySwap, mine: Worker | None, theirs: Worker | None) -> dict[str, Any]:
    with translation.override(LANGUAGE_OUTSIDE):
        when = {"mine_at": str(swap.mine), "theirs_at": str(swap.theirs)}
    return {"mine": mine.name if mine else "", "theirs": theirs.name if theirs else "", **when}


def tell_other(swap: DutySwap, url: str, now: datetime) -> None:
    send(reader_of(swap.theirs.worker), swap.region, "", url, now, template=PROPOSED, parameters=words_of(swap, swap.mine.worker, swap.theirs.worker))


def tell_keeper(swap: DutySwap, url: str, now: datetime) -> None:
    keeper = str(KEEPER_OF.get(level(swap.region), Role.LEAD_OFFICE).value)
    send(keeper, swap.region, "", url, now, template=AGREED, parameters=words_of(swap, swap.mine.worker, swap.theirs.worker))


def tell_both(swap: DutySwap, mine: Worker | None, theirs: Worker | None, template: str, url: str, now: datetime) -> None:
    """How it ended; `mine` and `theirs` are the two as they were seated when it was proposed."""
    for reader in dict.fromkeys((reader_of(mine), reader_of(theirs))):
        send(reader, swap.region, "", url, now, template=template, parameters=words_of(swap, mine, theirs))


def tell_stand_in(leave: DutyLeave, number: int, url: str, now: datetime) -> None:
    if leave.stand_in is None or not number:
        return
    words = {"name": leave.worker.name, "stand_in": leave.stand_in.name, "starts": str(leave.starts_on), "ends": str(leave.ends_on), "number": str(number)}
    send(reader_of(leave.stand_in), leave.region, "", url, now, template=STANDS_IN, parameters=words)
