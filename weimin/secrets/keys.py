"""The keys, kept outside the database: a JSON file of mode 0600, or the setting SECRET_KEYS with the same text.

{"current": 2, "keys": {"1": "<base64, 16 bytes>", "2": …}, "lookup": "<base64, 32 bytes>"}. New values are sealed with
`current`; older versions only open. `lookup` is one pepper for every jurisdiction and is never rotated in place.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import secrets
import stat
import time
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from django.conf import settings
from django.utils.translation import gettext as _

KEY_BYTES, LOOKUP_BYTES, LAST_VERSION = 16, 32, 255
LOOK_AGAIN_SECONDS = 5.0


class KeyTrouble(RuntimeError):
    """The keys are missing or unusable; str() is the sentence for whoever runs the installation."""


@dataclass(frozen=True)
class Keyring:
    """Versioned SM4 keys and the lookup pepper."""

    current: int
    keys: dict[int, bytes]
    lookup: bytes
    ciphers: dict[int, SM4] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ciphers", {version: SM4(key) for version, key in self.keys.items()})

    def dumps(self) -> str:
        keys = {str(version): base64.b64encode(key).decode() for version, key in sorted(self.keys.items())}
        return json.dumps({"current": self.current, "keys": keys, "lookup": base64.b64encode(self.lookup).decode()}, indent=1)


class _Held:
    ring: Keyring | None = None
    stamp: tuple[str, int] = ("", 0)
    looked: float = 0.0


def keyring() -> Keyring:
    """The keys of this installation; a changed file is noticed within five seconds. Raises KeyTrouble."""
    if _Held.ring and time.monotonic() - _Held.looked < LOOK_AGAIN_SECONDS:
        return _Held.ring
    return look_again()


def look_again() -> Keyring:
    """Read the keys if the file changed since."""
    text = getattr(settings, "SECRET_KEYS", "")
    path = Path(settings.KEY_FILE)
    stamp = ("setting", hash(text)) if text else (str(path), _changed_at(path))
    if _Held.ring is None or stamp != _Held.stamp:
        _Held.ring, _Held.stamp = loads(text or path.read_text("ascii"), "SECRET_KEYS" if text else str(path)), stamp
    _Held.looked = time.monotonic()
    return _Held.ring


def prepare_keys(*, fresh: bool) -> bool:
    """On the first start (`fresh`: nothing sealed yet) make a key file; True when it was made now. Raises KeyTrouble."""
    path = Path(settings.KEY_FILE)
    if getattr(settings, "SECRET_KEYS", "") or path.exists() or not fresh:
        look_again()
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    ring = Keyring(1, {1: secrets.token_bytes(KEY_BYTES)}, secrets.token_bytes(LOOKUP_BYTES))
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(ring.dumps())
        file.flush()
        os.fsync(file.fileno())
    look_again()
    return True


def add_version() -> Keyring:
    """A new current key beside the old ones, written whole or not at all."""
    ring = look_again()
    version = max(ring.keys) + 1
    if version > LAST_VERSION:
        raise KeyTrouble(_("密钥版本已用到 255，请先用 --drop-old 清除旧版本。"))
    return replace_file(Keyring(version, ring.keys | {version: secrets.token_bytes(KEY_BYTES)}, ring.lookup))


def drop_old_versions() -> Keyring:
    """Keep the current key only. The caller has made sure that nothing is sealed with the others."""
    ring = look_again()
    return replace_file(Keyring(ring.current, {ring.current: ring.keys[ring.current]}, ring.lookup))


def replace_file(ring: Keyring) -> Keyring:
    if getattr(settings, "SECRET_KEYS", ""):
        raise KeyTrouble(_("密钥由 SECRET_KEYS 设置提供，不能自动更换；请改用密钥文件 WEIMIN_KEY_FILE。"))
    path = Path(settings.KEY_FILE)
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(ring.dumps())
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, path)
    return look_again()


def loads(text: str, source: str) -> Keyring:
    """The keyring that a text describes. Raises KeyTrouble naming the source, never the keys."""
    try:
        content = json.loads(text)
        keys = {int(version): base64.b64decode(key, validate=True) for version, key in content["keys"].items()}
        current, lookup = int(content["current"]), base64.b64decode(content["lookup"], validate=True)
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error) as error:
        raise KeyTrouble(_("密钥文件 %(source)s 损坏，读不出来。请从保管处恢复原文件。") % {"source": source}) from error
    sound = current in keys and len(lookup) == LOOKUP_BYTES and all(len(key) == KEY_BYTES for key in keys.values())
    if not sound or not all(0 < version <= LAST_VERSION for version in keys):
        raise KeyTrouble(_("密钥文件 %(source)s 内容不完整。请从保管处恢复原文件。") % {"source": source})
    return Keyring(current, keys, lookup)


def _changed_at(path: Path) -> int:
    try:
        found = path.stat()
    except FileNotFoundError as error:
        words = _("找不到密钥文件 %(path)s。没有它，身份证号、电话等加密内容无法读出；请从保管处恢复，或用 WEIMIN_KEY_FILE 指明位置。")
        raise KeyTrouble(words % {"path": path}) from error
    if os.name == "posix" and stat.S_IMODE(found.st_mode) & 0o077:
        raise KeyTrouble(_("密钥文件 %(path)s 其他用户也能读取，不安全。请执行 chmod 600 后再启动。") % {"path": path})
    return found.st_mtime_ns
