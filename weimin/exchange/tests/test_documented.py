"""What a reader elsewhere is told is what is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from weimin.exchange.extensions import extensions
from weimin.exchange.rules_lines import SPACE
from weimin.exchange.tests.builders import bundle_of, make_full_record

pytestmark = pytest.mark.req("H9")
DOCUMENT = Path(settings.BASE_DIR) / "docs" / "fhir.md"


def test_the_document_lists_every_extension() -> None:
    rows = [line for line in DOCUMENT.read_text("utf-8").splitlines() if line.startswith(f"| `{SPACE}")]
    assert rows == [f"| `{url}` | `{slot}` |" for url, slot in extensions().items()]


def written(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if str(value.get("url", "")).startswith(SPACE):
            yield value["url"]
        for inner in value.values():
            yield from written(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from written(inner)


@pytest.mark.django_db
def test_a_bundle_has_no_other_extensions(everywhere: None) -> None:
    assert set(written(bundle_of(make_full_record(500242101200)))) - set(extensions()) == set()
