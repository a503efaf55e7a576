"""One copy of each content under MEDIA_ROOT/<schema>/ab/cd/<sm3>; its thumbnail beside it. Written whole or not at all."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.conf import settings

from weimin.walls.tenancy import tenancy

THUMBNAIL_SUFFIX = ".thumb.jpg"


def digest(data: bytes) -> str:
    """SM3 of the content (GB/T 32905), 64 hexadecimal digits."""
    running = Hash(SM3())
    running.update(data)
    return running.finalize().hex()


def folder() -> Path:
    """The folder of the current jurisdiction."""
    return Path(settings.MEDIA_ROOT) / tenancy.schema_name


def path_of(sm3: str) -> Path:
    return folder() / sm3[:2] / sm3[2:4] / sm3


def thumbnail_path(sm3: str) -> Path:
    return path_of(sm3).with_name(sm3 + THUMBNAIL_SUFFIX)


def keep(path: Path, data: bytes) -> bool:
    """Writes the file durably unless it is there; True when it was written now."""
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{uuid.uuid4().hex}.part")
    with open(part, "xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)
    sync_folder(path.parent)
    return True


def sync_folder(path: Path) -> None:
    """Makes the new name survive a power cut, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def stored_files() -> Iterator[tuple[Path, str, float]]:
    """(path, sm3, changed at as seconds) of every file of the jurisdiction, unfinished ones with an empty sm3."""
    root = folder()
    for path in root.glob("*/*/*") if root.exists() else ():
        sm3 = "" if path.name.startswith(".") else path.name.removesuffix(THUMBNAIL_SUFFIX)
        yield path, sm3, path.stat().st_mtime
