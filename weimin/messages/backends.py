"""How a message leaves the house. For development both channels write files; an office names its own in MESSAGE_BACKENDS."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.hashes import SHA256, SM3
from cryptography.hazmat.primitives.hmac import HMAC
from django.conf import settings
from django.utils.module_loading import import_string

from weimin.messages.rules import SMS, WEBHOOK
from weimin.walls.tenancy import tenancy

ALGORITHMS = {"sm3": SM3, "sha256": SHA256}
DEFAULTS = {SMS: "weimin.messages.backends.SmsFile", WEBHOOK: "weimin.messages.backends.WebhookFile"}


class DeliveryFailed(Exception):
    """The other side did not take it; str() goes to the log. `final`: no use in trying again (a wrong number)."""

    def __init__(self, detail: str, *, final: bool = False) -> None:
        super().__init__(detail)
        self.final = final


class Backend(Protocol):
    """A way out. `number` is the outbox row: the same number twice is the same message and must reach people once."""

    def deliver(self, number: int, address: str, text: str, url: str, now: datetime) -> str:
        """Gives what the other side answered, for the log. Raises DeliveryFailed."""


def backend_for(channel: str) -> Backend:
    named = {**DEFAULTS, **getattr(settings, "MESSAGE_BACKENDS", {})}
    return import_string(named[channel])()


def signature(body: bytes, secret: str, algorithm: str = "sm3") -> str:
    """HMAC of the body by SM3 or SHA-256, hexadecimal: the receiver computes the same with the shared secret."""
    keyed = HMAC(secret.encode(), ALGORITHMS[algorithm]())
    keyed.update(body)
    return keyed.finalize().hex()


def folder() -> Path:
    """Where the development back ends write: the data folder, one folder a jurisdiction."""
    return Path(settings.DATA_DIR) / "messages" / tenancy.schema_name


def append(name: str, record: dict[str, object]) -> None:
    folder().mkdir(parents=True, exist_ok=True)
    with open(folder() / name, "a", encoding="utf-8") as file:
        file.write(json.dumps(record, ensure_ascii=False) + "\n")


class SmsFile:
    """Each SMS becomes a line of sms.jsonl."""

    def deliver(self, number: int, address: str, text: str, url: str, now: datetime) -> str:
        append("sms.jsonl", {"number": number, "phone": address, "text": text, "at": now.isoformat()})
        return "sms.jsonl"


class WebhookFile:
    """Each call becomes a line of webhook.jsonl, with the headers and the signed body that a receiver would get."""

    def deliver(self, number: int, address: str, text: str, url: str, now: datetime) -> str:
        body = json.dumps({"number": number, "text": text, "url": url, "at": now.isoformat()}, ensure_ascii=False)
        secret = getattr(settings, "MESSAGE_WEBHOOK_SECRET", "") or settings.SECRET_KEY
        headers = {
            "Content-Type": "application/json",
            "X-Weimin-Signature": "hmac-sm3=" + signature(body.encode(), secret),
        }
        append("webhook.jsonl", {"address": address, "headers": headers, "body": body})
        return "webhook.jsonl"
