"""The one typed reader of settings from the environment; odd values are refused, and every name is documented.

`docs/operations.md` lists each setting; a test compares that list with `SETTINGS`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent.parent


class OddSetting(RuntimeError):
    """A setting has a value that cannot be used; the message says which, what it is and what is allowed."""


@dataclass(frozen=True)
class Setting:
    """One environment variable: its name, kind (text, flag, number, path, words), default, and what it does."""

    name: str
    kind: str
    default: str
    says: str


SETTINGS = [
    Setting("WEIMIN_DATA", "path", ".data", "folder of the embedded database, keys, attachments and messages"),
    Setting("DATABASE_URL", "text", "", "postgresql://user:password@host:port/name of a server; empty = embedded"),
    Setting("WEIMIN_KEEPER_URL", "text", "", "like DATABASE_URL, of the role that backs up (BYPASSRLS); empty = the same"),
    Setting("WEIMIN_DEBUG", "flag", "no", "developer pages; never on a real server"),
    Setting("WEIMIN_SECRET", "text", "", "signing secret; empty = made once and kept in the data folder"),
    Setting("WEIMIN_KEY_FILE", "path", "", "file of the encryption keys; empty = keys.json in the data folder"),
    Setting("WEIMIN_HOSTS", "words", "localhost 127.0.0.1 [::1]", "host names that are served"),
    Setting("WEIMIN_HTTPS", "flag", "no", "the site is reached by HTTPS: secure cookies, HSTS"),
    Setting("WEIMIN_DEMONSTRATION", "flag", "no", "one-click posts and jurisdiction by cookie; never on a real server"),
    Setting("WEIMIN_IDLE_MINUTES", "number", "30", "minutes without a request after which one signs in again"),
    Setting("WEIMIN_UPLOAD_MB", "number", "20", "largest attachment in megabytes"),
    Setting("WEIMIN_FONT_PATHS", "words", "", "folders of the office's own fonts, used first in PDFs"),
    Setting("WEIMIN_VIRUS_SCAN", "text", "", "dotted path of a function that refuses infected files"),
    Setting("WEIMIN_METRICS_TOKEN", "text", "", "bearer token for /metrics from other machines; empty = loopback only"),
    Setting("WEIMIN_LOG", "text", "INFO", "lowest level that is logged"),
    Setting("WEIMIN_SECRET_KEYS", "text", "", "encryption keys as JSON instead of a key file, for containers"),
    Setting("WEIMIN_MESSAGE_WEBHOOK", "text", "", "address that messages are posted to; empty = no webhook"),
    Setting("WEIMIN_MESSAGE_WEBHOOK_SECRET", "text", "", "secret that signs the body of a webhook"),
    Setting("WEIMIN_MESSAGE_BACKENDS", "words", "", "channel=dotted.path of message back ends (sms=… webhook=…); empty = files in the data folder"),
    Setting("WEIMIN_WEBHOOK_NETWORKS", "words", "", "private networks (10.20.0.0/16 …) that webhooks may call, by http too; empty = public https only"),
    Setting("WEIMIN_VOICE_BACKEND", "text", "", "dotted path of the loudspeaker that calls numbers; empty = a file in the data folder"),
    Setting("WEIMIN_OFFICE_FONTS", "words", "", "names of fonts that come first in official papers"),
]
BY_NAME = {setting.name: setting for setting in SETTINGS}
YES, NO = {"yes", "true", "1", "on"}, {"no", "false", "0", "off", ""}


def raw(name: str) -> str:
    """The text of a declared setting, or its default; an undeclared name is a bug (KeyError)."""
    return os.environ.get(name, BY_NAME[name].default)


def text(name: str) -> str:
    return raw(name).strip()


def flag(name: str) -> bool:
    value = raw(name).strip().lower()
    if value in YES:
        return True
    if value in NO:
        return False
    raise OddSetting(f"{name}={value!r}: yes or no is wanted")


def number(name: str) -> int:
    value = raw(name).strip()
    if not value.isdigit():
        raise OddSetting(f"{name}={value!r}: a whole number is wanted")
    return int(value)


def words(name: str) -> list[str]:
    return raw(name).replace(",", " ").split()


def networks(name: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Words that are IP networks."""
    try:
        return tuple(ip_network(word) for word in words(name))
    except ValueError as error:
        raise OddSetting(f"{name}={raw(name)!r}: networks like 10.20.0.0/16 are wanted") from error


def pairs(name: str) -> dict[str, str]:
    """name=value words as a mapping."""
    found = [word.partition("=") for word in words(name)]
    if any(not separator or not value for _key, separator, value in found):
        raise OddSetting(f"{name}={raw(name)!r}: words like name=value are wanted")
    return {key: value for key, _separator, value in found}


def path(name: str) -> Path:
    """An absolute path; a relative one is below the project's root."""
    return (BASE / raw(name).strip()).resolve()
