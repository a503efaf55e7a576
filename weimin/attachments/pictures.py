"""Pictures: is it one, how big is it upright, and a small copy without place or camera."""

from __future__ import annotations

import io
import struct

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from weimin.walls.errors import RuleBroken

PICTURES = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}
LARGEST_PIXELS = 60_000_000  # above every phone camera's ordinary mode; 60 million pixels are 180 MB in memory
THUMBNAIL = (480, 480)
ORIENTATION, TURNED = 0x0112, (5, 6, 7, 8)
DAMAGED = (OSError, SyntaxError, ValueError, EOFError, struct.error, IndexError, OverflowError)
TOO_LARGE = _("图片展开后过大，请缩小后再上传。")
UNREADABLE = _("图片已损坏，打不开。请重新拍摄或另存后再上传。")


def measure(data: bytes, extension: str) -> tuple[int, int]:
    """(width, height) as seen upright. RuleBroken when it does not decode or would fill the memory."""
    formats = [PICTURES[extension]]
    try:
        with Image.open(io.BytesIO(data), formats=formats) as picture:
            width, height = picture.size
            if width * height > LARGEST_PIXELS:
                raise RuleBroken(TOO_LARGE)
            picture.verify()
        with Image.open(io.BytesIO(data), formats=formats) as picture:  # verify() uses the picture up
            turned = picture.getexif().get(ORIENTATION) in TURNED
    except Image.DecompressionBombError:
        raise RuleBroken(TOO_LARGE) from None
    except DAMAGED:
        raise RuleBroken(UNREADABLE) from None
    return (height, width) if turned else (width, height)


def thumbnail(data: bytes, extension: str) -> bytes:
    """A JPEG within 480 × 480, upright, without EXIF (and so without GPS). RuleBroken when the pixels do not decode."""
    try:
        with Image.open(io.BytesIO(data), formats=[PICTURES[extension]]) as picture:
            picture.draft("RGB", (THUMBNAIL[0] * 2, THUMBNAIL[1] * 2))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail(THUMBNAIL)
            flat = Image.new("RGB", upright.size, "white")
            layer = upright.convert("RGBA")
            flat.paste(layer, mask=layer)
    except DAMAGED:
        raise RuleBroken(UNREADABLE) from None
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=80, optimize=True)
    return out.getvalue()
