"""Input that nobody means well with, as hypothesis strategies."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import strategies as st

NASTY = [
    "", " ", "\x00", "a\x00b", "\r\n\t", "\u202e\u200b\ufeff", "\ud7ff\U0010ffff", "null", "None", "NaN", "-0", "1e999", "-1", "0", "99999999999999999999",
    "9223372036854775808", "2147483648", "0x10", "１２", "²", "٣", "1,2", "2026-02-30", "0000-00-00", "99999-01-01", "2026-11-23T25:61", "12:60",
    "' OR 1=1 --", "'; DROP TABLE sites_site; --", "%", "\\", "$$", "{}", "[]", '{"a": [1]}', "[[[[[[", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}", "{% debug %}", "=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)", "../../etc/passwd", "http://evil.example/", "//evil.example", "javascript:alert(1)",
    "500242101200", "110000000000", "eyJhIjoxfQ==", "W10", "bnVsbA", "W251bGxd", "x" * 5000, "字" * 2000, "\n" * 500,
]  # fmt: skip
TEXT = st.one_of(st.sampled_from(NASTY), st.text(max_size=40), st.integers().map(str), st.floats().map(str), st.dates().map(str))
FILES = st.builds(
    lambda name, body, kind: SimpleUploadedFile(name or "x", body, kind),
    st.sampled_from(["a.xlsx", "a.jpg", "../../a.php", "x" * 300 + ".pdf", "\u202egpj.exe", "a.docx", "CON", "<b>.png"]),
    st.one_of(
        st.binary(max_size=200),
        st.sampled_from(
            [
                b"",
                b"PK\x03\x04",
                b"\xff\xd8\xff\xe0",
                b"%PDF-1.4",
                b"GIF89a",
                b"\x89PNG\r\n\x1a\n",
                b"<svg onload=alert(1)>",
            ]
        ),
    ),
    st.sampled_from(["image/jpeg", "text/html", "", "application/pdf", "x/y; charset=\x00"]),
)


@st.composite
def spoiled(draw: Any, valid: dict[str, Any], fields: list[str]) -> dict[str, Any]:
    """The valid form with some fields broken, missing, sent twice, or of no meaning."""
    data = dict(valid)
    for name in draw(st.lists(st.sampled_from(fields), max_size=4, unique=True)) if fields else []:
        way = draw(st.sampled_from(["text", "text", "text", "gone", "twice", "many"]))
        if way == "gone":
            data.pop(name, None)
        else:
            data[name] = draw(TEXT) if way == "text" else draw(st.lists(TEXT, min_size=2, max_size=3))
    if draw(st.booleans()):
        data[draw(st.sampled_from(["key", "next", "csrfmiddlewaretoken", "__proto__", "id", "region", "\x00"]))] = draw(TEXT)
    return data
