"""Files that the demonstration attaches: small pictures and papers that say what they are."""

from __future__ import annotations

import base64
import io
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from weimin.papers.content import Paper, Paragraph
from weimin.papers.docx import to_docx

COLOURS = {"before": (150, 140, 120), "result": (180, 205, 225), "opening": (220, 190, 170), "inspection": (190, 210, 180)}


@cache
def picture_bytes(kind: str) -> bytes:
    """A drawn house front, 640 × 420; the same bytes each time, so that one stored copy serves all."""
    image = Image.new("RGB", (640, 420), (226, 236, 244))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 300, 640, 420), fill=(196, 188, 170))
    draw.rectangle((120, 150, 520, 330), fill=COLOURS.get(kind, (200, 200, 200)), outline=(90, 90, 90), width=3)
    draw.polygon([(100, 150), (320, 70), (540, 150)], fill=(170, 80, 60))
    draw.rectangle((285, 230, 355, 330), fill=(110, 85, 60))
    for left in (160, 420):
        draw.rectangle((left, 200, left + 70, 260), fill=(240, 248, 255), outline=(90, 90, 90), width=2)
    draw.rectangle((200, 160, 440, 190), fill=(180, 30, 30))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()


@cache
def signature() -> str:
    """A name drawn on the screen, as the page's script sends it: a PNG as a data address."""
    image = Image.new("RGB", (600, 220), "white")
    draw = ImageDraw.Draw(image)
    for stroke in (
        [(70, 60), (150, 55), (110, 160)],
        [(60, 110), (170, 100)],
        [(230, 50), (225, 165), (300, 120)],
        [(350, 70), (470, 60), (400, 170), (500, 150)],
    ):
        draw.line(stroke, (20, 20, 20), 4, "curve")
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()


@cache
def document_bytes(title: str) -> bytes:
    return to_docx(Paper(title=title, kind="", layout="record", blocks=(Paragraph("演示材料，非真实文件。"),)))  # text: data


def photo(kind: str, name: str = "") -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name or kind}.jpg", picture_bytes(kind), "image/jpeg")


def document(title: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{title}.docx", document_bytes(title), "application/octet-stream")
