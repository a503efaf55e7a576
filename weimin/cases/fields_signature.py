"""A signature drawn on the screen, as the page's script writes it into a hidden field: a PNG as a data address."""

from __future__ import annotations

import base64
import binascii
import io
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image

from weimin.ui.widgets import Signature

PNG = "data:image/png;base64,"
LARGEST = 300_000
MOST_PIXELS = 1_000_000


class SignatureField(forms.CharField):
    """Cleans to an uploaded PNG, or None when nothing was drawn. Without JavaScript a photo of the signed paper stands in."""

    def __init__(self, **named: Any) -> None:
        named.setdefault("widget", Signature)
        super().__init__(max_length=LARGEST, **named)

    def clean(self, value: Any) -> SimpleUploadedFile | None:  # type: ignore[override]  # a text is sent, a file comes of it
        text = super().clean(value)
        if not text:
            return None
        try:
            content = base64.b64decode(text.removeprefix(PNG), validate=True)
            with Image.open(io.BytesIO(content), formats=("PNG",)) as picture:
                empty = picture.width * picture.height > MOST_PIXELS or is_blank(picture)
        except (binascii.Error, ValueError, OSError, SyntaxError):
            raise forms.ValidationError(_("手写签名没有传完整，请重新签。")) from None
        if empty:
            raise forms.ValidationError(_("签名框是空的，请签名。"))
        return SimpleUploadedFile("signature.png", content, "image/png")


def is_blank(picture: Image.Image) -> bool:
    """Whether every point is like every other: one value in each band."""
    extrema = picture.getextrema()
    bands = extrema if isinstance(extrema[0], tuple) else (extrema,)
    return all(low == high for low, high in bands)  # type: ignore[misc]  # pairs, whatever the number of bands
