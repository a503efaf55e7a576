"""The post between places: carries what one side wrote into the schema of the other (decision 0006).

The only module of this room that works in another jurisdiction's schema. It never joins two schemas: it reads rows here, switches the
tenant, writes there in a transaction of its own, and notes here that it was carried. Everything it does may be done again after a
crash: rows know each other by their number, and a state that was reached already is left alone.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django_tenants.utils import tenant_context

from weimin.flows.steps import close_step, current_step, open_step
from weimin.regions.queries import names
from weimin.residents.flow import TRANSFER
from weimin.residents.models import Transfer, TransferState
from weimin.residents.transferring import close, jurisdiction_of, let_go
from weimin.secrets.masking import mask
from weimin.trail.record import record
from weimin.walls.actor import Actor, system_actor
from weimin.walls.session import entered

ONE_ROUND = 500


def carry(home: Any, now: datetime) -> int:
    """One round: everything of this jurisdiction that waits to be carried; answers how many letters arrived. A letter that cannot be carried
    keeps no other waiting; it is tried again in the next round, and the round says at its end that it failed."""
    system, carried, failed = system_actor(home.low, home.high), 0, list[Exception]()
    with entered(system):
        waiting = list(Transfer.objects.filter(posted_at__isnull=True).order_by("pk")[:ONE_ROUND])
    for row in waiting:
        other = jurisdiction_of(row.other_region)
        if other is None:
            continue
        try:
            with tenant_context(other), entered(there := system_actor(other.low, other.high)):
                (deliver if row.way == "out" else answer)(there, row, now)
        except Exception as error:
            failed.append(error)
            continue
        with entered(system):  # only if nothing was answered or withdrawn in the meantime
            carried += Transfer.objects.filter(pk=row.pk, state=row.state, posted_at__isnull=True).update(posted_at=now)
    if failed:
        raise failed[0]
    return carried


def deliver(there: Actor, row: Transfer, now: datetime) -> None:
    """At the receiving side: the record arrives and waits on a desk, or is called back before anybody answered."""
    facts = {"name": row.name, "content": row.content, "moved_on": row.moved_on, "reason": row.reason, "sent_by": row.sent_by, "sent_at": row.sent_at}
    known = Transfer.objects.select_for_update().filter(number=row.number, way="in").first()
    if known is None and row.state == TransferState.SENT:
        arrived = Transfer.objects.create(number=row.number, way="in", region=row.other_region, other_region=row.region, posted_at=now, **facts)
        title = _("接收%(place)s转来的居民档案") % {"place": names({row.region})[row.region]}
        open_step(TRANSFER, "sent", arrived, title=title, region=arrived.region, now=now)
        noted(there, "residents.send_transfer", arrived, now)
    elif known is not None and row.state == TransferState.WITHDRAWN and known.state == TransferState.SENT:
        close(known, TransferState.WITHDRAWN, row.answered_by, now, row.answer)
        Transfer.objects.filter(pk=known.pk).update(posted_at=now)
        if (step := current_step(known, TRANSFER)) is not None:
            close_step(step, there, now, "residents.withdraw_transfer")
        noted(there, "residents.withdraw_transfer", known, now)


def answer(there: Actor, row: Transfer, now: datetime) -> None:
    """At the sending side: accepted, and the resident leaves; or returned, and stays. An acceptance wins over calling back."""
    sent = Transfer.objects.select_for_update().filter(number=row.number, way="out").first()
    if sent is None or sent.state not in (TransferState.SENT, TransferState.WITHDRAWN):
        return
    if row.state == TransferState.ACCEPTED:
        let_go(there, sent, now)
    elif row.state != TransferState.RETURNED or sent.state == TransferState.WITHDRAWN:
        return
    close(sent, row.state, row.answered_by, now, row.answer)
    Transfer.objects.filter(pk=sent.pk).update(posted_at=now)
    noted(there, f"residents.{'accept' if row.state == TransferState.ACCEPTED else 'return'}_transfer", sent, now)


def noted(there: Actor, action: str, row: Transfer, now: datetime) -> None:
    """Each side keeps its own trail of the transfer."""
    after = {"name": mask("name", row.name, "public"), "state": row.state}
    record(there, action, subject_type=Transfer._meta.label_lower, subject_id=row.pk, region=row.region, now=now, after=after, reason=row.answer)
