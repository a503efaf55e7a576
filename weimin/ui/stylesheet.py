"""The style sheet as one small file: the sources of `static/ui/*.css` joined, without comments and blanks, named by content."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path

from django.urls import reverse

SOURCES = Path(__file__).parent / "static" / "ui"
PARTS = ("tokens", "frame", "controls", "content", "charts")


@lru_cache(maxsize=1)
def stylesheet_text() -> str:
    """Every part in order, then print. Read once a process."""
    parts = [(SOURCES / f"{name}.css").read_text("utf-8") for name in PARTS]
    parts.append(f"@media print {{{(SOURCES / 'print.css').read_text('utf-8')}}}")
    return squeeze("\n".join(parts))


def squeeze(css: str) -> str:
    """The same rules in fewer bytes: no comments, no blanks where the grammar wants none. Strings are left alone."""
    pieces = re.split(r'("[^"\n]*")', re.sub(r"/\*.*?\*/", "", css, flags=re.S))
    for i in range(0, len(pieces), 2):
        piece = re.sub(r"\s+", " ", pieces[i])
        piece = re.sub(r" ?([{};,>]) ?", r"\1", piece)
        pieces[i] = re.sub(r": (?=[^{}]*[;}]|$)", ":", piece).replace(";}", "}")
    return "".join(pieces).strip()


@lru_cache(maxsize=1)
def stylesheet_digest() -> str:
    return hashlib.sha256(stylesheet_text().encode()).hexdigest()[:12]


def stylesheet_url() -> str:
    return reverse("ui:stylesheet", args=[stylesheet_digest()])
