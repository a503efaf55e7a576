"""`send`: a message and its outbox rows, in the caller's transaction; nothing leaves the house before it commits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import translation

from weimin.accounts.models import Person
from weimin.accounts.roles import Role
from weimin.messages.addresses import addresses_of
from weimin.messages.models import Message, Outbox
from weimin.messages.rules import CHANNELS, IN_APP, SMS, allowed_at
from weimin.messages.wording import TEMPLATES, words

TEXT_LIMIT = 500
LANGUAGE_OUTSIDE = "zh-hans"  # SMS and webhook speak Chinese, whoever caused them


def send(
    to: Person | int | str, region: int, text: str, url: str, now: datetime, *,
    template: str = "", parameters: dict[str, Any] | None = None, channels: Iterable[str] = (), urgent: bool = False,
) -> Message:  # fmt: skip
    """Tells a person (or its id), or whoever holds a role code over `region`. Call it inside an action or job.

    `text`, or "" and a registered `template` with `parameters`. `channels` default to the template's, else in-app.
    Raises ValueError for what only a programmer can do wrong.
    """
    channels = tuple(channels) or (TEMPLATES[template].channels if template else (IN_APP,))
    if unknown := set(channels) - set(CHANNELS):
        raise ValueError(f"unknown channel {unknown}")
    if url and (not url.startswith("/") or url.startswith(("//", "/\\"))):
        raise ValueError(f"a message links inside the house only: {url!r}")
    with translation.override(LANGUAGE_OUTSIDE):
        text = words(template, parameters or {}) if template else str(text)
    if not text:
        raise ValueError("a message without words")
    message = Message.objects.create(
        region=region, template=template, parameters=parameters or {}, text=text[:TEXT_LIMIT], url=url, created_at=now,
        **_recipient(to),
    )  # fmt: skip
    urgent = urgent or bool(template and TEMPLATES[template].urgent)
    Outbox.objects.bulk_create(row for channel in channels for row in _rows(message, channel, urgent, now))
    return message


def send_outside(
    phone: str, region: int, text: str, url: str, now: datetime, *, template: str = "", parameters: dict[str, Any] | None = None, urgent: bool = False,
) -> Message:  # fmt: skip
    """Tells a resident by SMS. The words say nothing of the person: the row can be read by every post of the range; the number is sealed."""
    with translation.override(LANGUAGE_OUTSIDE):
        text = words(template, parameters or {}) if template else str(text)
    message = Message.objects.create(
        region=region, outside=True, template=template, parameters=parameters or {}, text=text[:TEXT_LIMIT], url=url, created_at=now
    )  # fmt: skip
    common: dict[str, Any] = {"region": region, "message": message, "channel": SMS, "urgent": urgent}
    if phone:
        Outbox.objects.create(**common, address=phone, next_at=allowed_at(SMS, now, urgent=urgent))
    else:
        Outbox.objects.create(**common, state=Outbox.State.NO_ADDRESS, next_at=now)
    return message


def _recipient(to: Person | int | str) -> dict[str, Any]:
    if isinstance(to, str):
        return {"role": Role(to).value}
    return {"person_id": to.pk if isinstance(to, Person) else to}


def _rows(message: Message, channel: str, urgent: bool, now: datetime) -> list[Outbox]:
    common: dict[str, Any] = {"region": message.region, "message": message, "channel": channel, "urgent": urgent}
    if channel == IN_APP:  # it is there as soon as it is written
        return [Outbox(**common, state=Outbox.State.SENT, next_at=now, sent_at=now)]
    addresses = addresses_of(channel, message)
    if not addresses:
        return [Outbox(**common, state=Outbox.State.NO_ADDRESS, next_at=now)]
    start = allowed_at(channel, now, urgent=urgent)
    return [Outbox(**common, address=address, next_at=start) for address in dict.fromkeys(addresses)]
