"""When a channel may disturb, and when a failed delivery is tried again. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML

ZONE = ZoneInfo("Asia/Shanghai")
IN_APP, SMS, WEBHOOK = "in_app", "sms", "webhook"
CHANNELS = (IN_APP, SMS, WEBHOOK)


@dataclass(frozen=True)
class Quiet:
    """Hours without disturbance, from … until, over midnight when from is later."""

    start: time
    until: time

    def holds(self, at: time) -> bool:
        if self.start <= self.until:
            return self.start <= at < self.until
        return at >= self.start or at < self.until


_data = YAML(typ="safe").load(Path(__file__).with_name("data") / "delivery.yaml")
QUIET = {channel: Quiet(time.fromisoformat(row["from"]), time.fromisoformat(row["until"])) for channel, row in _data["quiet"].items()}
RETRIES = tuple(timedelta(minutes=minutes) for minutes in _data["retry_minutes"])


def allowed_at(channel: str, moment: datetime, *, urgent: bool = False) -> datetime:
    """The moment itself, or the end of the quiet hours that it falls in. `moment` is aware."""
    quiet, local = QUIET.get(channel), moment.astimezone(ZONE)
    if urgent or quiet is None or not quiet.holds(local.time()):
        return moment
    day = local.date() if local.time() < quiet.until else local.date() + timedelta(days=1)
    return datetime.combine(day, quiet.until, ZONE)


def retry_at(attempts: int, now: datetime) -> datetime | None:
    """When to try again after so many failures (>= 1); None when it is given up."""
    return now + RETRIES[attempts - 1] if attempts <= len(RETRIES) else None
