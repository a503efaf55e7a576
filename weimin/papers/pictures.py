"""Pictures made fit for a paper: turned upright, at most 1,600 pixels, as JPEG or PNG; and QR codes."""

import base64
import io
from dataclasses import dataclass
from functools import lru_cache
from html import escape

import segno
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

LONGEST_PIXELS = 1600
MOST_PIXELS = 60_000_000  # a 60-megapixel phone photo; beyond it is a bomb
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


class PictureRefused(ValueError):
    """The bytes are no picture that a paper can carry; str() is the sentence for the person."""


@dataclass(frozen=True)
class Prepared:
    content: bytes
    mime: str
    width: int
    height: int


@lru_cache(maxsize=32)
def prepared(content: bytes) -> Prepared:
    """The picture for a paper; raises PictureRefused."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise PictureRefused(_("图片太大，请缩小后再放进文件。"))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((LONGEST_PIXELS, LONGEST_PIXELS))
            return _encoded(upright)
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as fault:
        raise PictureRefused(_("这不是能识别的图片（JPEG、PNG、WebP、GIF）。")) from fault


def _encoded(image: Image.Image) -> Prepared:
    buffer = io.BytesIO()
    transparent = image.mode in ("RGBA", "LA", "P")
    if transparent:
        image.convert("RGBA").save(buffer, "PNG")
    else:
        image.convert("RGB").save(buffer, "JPEG", quality=85)
    return Prepared(buffer.getvalue(), "image/png" if transparent else "image/jpeg", image.width, image.height)


def as_svg(picture: Prepared) -> str:
    """The picture inside an SVG, since a text (JSON) can carry that to the typesetter without a file."""
    data = base64.b64encode(picture.content).decode()
    box = f'width="{picture.width}" height="{picture.height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} viewBox="0 0 {picture.width} {picture.height}">'
        f'<image {box} href="data:{escape(picture.mime)};base64,{data}"/></svg>'
    )


def qr_svg(text: str) -> str:
    return segno.make(text, error="m", micro=False).svg_inline(scale=4, border=0)


def qr_png(text: str) -> bytes:
    buffer = io.BytesIO()
    segno.make(text, error="m", micro=False).save(buffer, kind="png", scale=8, border=0)
    return buffer.getvalue()
