"""What the actions of this room share: who may, how a record is found and locked, and what of a person the trail may say."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _now

from weimin.health.flow import record_url
from weimin.health.models import HealthRecord, RecordState
from weimin.residents.models import Resident
from weimin.secrets.masking import mask
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

__all__ = ["CLINICIANS", "KEEPERS", "check_active", "find_record", "named", "record_url", "where"]
KEEPERS = ("doctor", "institution")  # who keep records and make visits
CLINICIANS = ("doctor", "institution", "hospital")


def find_record(actor: Actor, pk: Any) -> HealthRecord:
    return HealthRecord.objects.visible_to(actor).select_for_update(of=("self",)).select_related("resident").get(pk=pk)


def where(target: Any, data: dict[str, Any]) -> int:
    return int(target.region)


def named(resident: Resident) -> str:
    """A name as the trail keeps it, which posts without the purpose may read."""
    return mask("name", resident.name, "public")


def check_active(record: HealthRecord, actor: Actor, now: datetime) -> None:
    if record.state != RecordState.ACTIVE:
        raise RuleBroken(_now("这份档案是“%(state)s”，先恢复为活动再办理。") % {"state": record.get_inactive_reason_display()})
