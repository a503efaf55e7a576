"""What the actions of this room share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _now

from weimin.epidemics.finding import outbreaks
from weimin.epidemics.models import Outbreak, OutbreakState
from weimin.secrets.masking import mask
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

DAILY = ("school", "village", "doctor", "institution")
HEALTH_POSTS = ("doctor", "institution", "health_bureau")
CLINICIANS = ("doctor", "institution", "hospital")
LEADS = ("institution", "health_bureau")


def where(target: Any, data: dict[str, Any]) -> int:
    return int(target.region)


def signed(actor: Actor) -> str:
    """Who did it, as papers name them."""
    return (actor.name or actor.role)[:40]


def named(name: str) -> str:
    """A name as the trail keeps it, which posts without the purpose may read."""
    return mask("name", name, "public")


def find_outbreak(actor: Actor, pk: Any) -> Outbreak:
    found: Outbreak = outbreaks(actor).select_for_update(of=("self",)).select_related("place").get(pk=pk)
    return found


def check_open(outbreak: Outbreak, actor: Actor, now: datetime) -> None:
    if outbreak.state != OutbreakState.OPEN:
        raise RuleBroken(_now("这起疫情已经结案。"))
