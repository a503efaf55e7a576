"""A bundle as it is kept: JSON, packed; the column seals it."""

from __future__ import annotations

import json
import zlib
from decimal import Decimal
from hashlib import sha256
from typing import Any

from weimin.exchange.rules_reading import MOST_BYTES

LEVEL = 6


class BundleEncoder(json.JSONEncoder):
    def default(self, value: Any) -> Any:
        return float(value) if isinstance(value, Decimal) else super().default(value)


def to_json(bundle: dict[str, Any]) -> bytes:
    return json.dumps(bundle, ensure_ascii=False, separators=(",", ":"), cls=BundleEncoder).encode()


def packed(content: bytes) -> bytes:
    return zlib.compress(content, LEVEL)


def unpacked(content: Any) -> bytes:
    """What was packed here; never more than what may come in."""
    reader = zlib.decompressobj()
    return reader.decompress(bytes(content), MOST_BYTES * 2)


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()
