"""The one write path itself: what counts as the same request, and what a race says."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from weimin.actions.act import fingerprint


def sent(content: bytes, name: str = "list.csv") -> str:
    return fingerprint("any.thing", 1, {"key": "k", "note": "x"}, {"file": SimpleUploadedFile(name, content)})


def test_the_same_file_is_the_same_request_and_another_content_of_its_size_is_not() -> None:
    assert sent(b"abc") == sent(b"abc")
    assert sent(b"abc") != sent(b"abd")
    assert sent(b"abc") != sent(b"abc", "other.csv")


def test_a_file_is_read_from_its_beginning_after_it_was_compared() -> None:
    upload: Any = SimpleUploadedFile("list.csv", b"abc")
    fingerprint("any.thing", 1, {}, {"file": upload})
    assert upload.read() == b"abc"
