"""Where a channel reaches somebody. The room that knows phone numbers registers how to find them."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings

from weimin.messages.models import Message
from weimin.messages.rules import WEBHOOK

AddressBook = Callable[[Message], list[str]]
BOOKS: dict[str, AddressBook] = {}


def register_address_book(channel: str, find: AddressBook) -> None:
    """`find(message)` gives the addresses of the message's person or desk; none = the delivery log says so."""
    BOOKS[channel] = find


def addresses_of(channel: str, message: Message) -> list[str]:
    return BOOKS[channel](message) if channel in BOOKS else []


def configured_webhook(message: Message) -> list[str]:
    """The office's own receiver (for example a 政务微信 robot) from the setting MESSAGE_WEBHOOK."""
    address = getattr(settings, "MESSAGE_WEBHOOK", "")
    return [address] if address else []


register_address_book(WEBHOOK, configured_webhook)
