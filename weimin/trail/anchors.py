"""Heads of the sealed chain outside the database: one line of JSON per seal in `anchors/<schema>.log` of the data folder.

Who rewrites the database cannot rewrite a copy of these lines elsewhere; each line is also logged, so that it leaves
the machine with the log.
"""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.conf import settings

from weimin.trail.models import Seal

logger = logging.getLogger("weimin.trail")


@dataclass(frozen=True)
class Anchor:
    """One sealed batch as it was when it was sealed. `digest` is the SM3 of every column of the seal."""

    schema: str
    seal: int
    first: int
    last: int
    count: int
    head: str
    digest: str
    sealed_at: str


class AnchorDamaged(Exception):
    """A line of the anchor file cannot be read; args: line number."""


def path_of(schema: str) -> Path:
    return Path(settings.DATA_DIR) / "anchors" / f"{schema}.log"


def anchor_of(schema: str, seal: Seal) -> Anchor:
    digest = Hash(SM3())
    words = [seal.form, seal.pk, seal.first_id, seal.last_id, seal.count, seal.head, seal.previous, seal.sealed_at.timestamp()]
    digest.update(json.dumps(words).encode() + bytes(seal.ids) + bytes(seal.leaves))
    return Anchor(schema, seal.pk, seal.first_id, seal.last_id, seal.count, seal.head, digest.finalize().hex(), seal.sealed_at.isoformat())


def read_anchors(schema: str) -> list[Anchor]:
    """Every anchor of a schema in order; AnchorDamaged names the first line that is not one.

    What follows the last newline was torn by a crash and is no line.
    """
    file, found = path_of(schema), []
    if not file.exists():
        return []
    for number, line in enumerate(file.read_bytes().split(b"\n")[:-1], 1):
        try:
            found.append(Anchor(**json.loads(line)))
        except (ValueError, TypeError):
            raise AnchorDamaged(number) from None
    return found


def append_anchors(schema: str) -> int:
    """Anchors every seal after the last anchored one; how many. Also repairs what a crash after the sealing left out."""
    known = read_anchors(schema)
    fresh = Seal.objects.filter(pk__gt=known[-1].seal if known else 0).order_by("pk")
    added = [json.dumps(asdict(anchor_of(schema, seal)), sort_keys=True) for seal in fresh.iterator(chunk_size=10)]
    if added:
        _write(path_of(schema), added)
    for line in added:
        logger.info("trail anchor %s", line)
    return len(added)


def _write(file: Path, added: list[str]) -> None:
    """Appends whole lines after the last whole one and waits until they are on the disk, the folder too."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.ftruncate(handle, file.read_bytes().rfind(b"\n") + 1)
        os.write(handle, ("\n".join(added) + "\n").encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
