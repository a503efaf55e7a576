"""Hostile requests and what every answer to them must be."""

from __future__ import annotations

import os
import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, settings

FEW = settings(
    max_examples=4, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck),
    phases=[Phase.generate], report_multiple_bugs=False,
)  # fmt: skip
WANTED = int(os.environ.get("WEIMIN_REQUESTS", "0"))
MANY = settings(FEW, max_examples=WANTED // 150 + 1, derandomize=False)  # there are more than 150 forms and pages
in_the_long_run = pytest.mark.skipif(not WANTED, reason="WEIMIN_REQUESTS=10000 sends as many requests as it says")
TRACES = re.compile(rb"Traceback \(most recent|psycopg\.errors|DoesNotExist|site-packages|Exception Value")
HAN = re.compile(rb"[\xe4-\xe9][\x80-\xbf]{2}")


def send(client: Client, method: str, url: str, data: dict[str, Any], what: str) -> None:
    """One request of which nothing remains; it must be answered below 500, and a refusal must say something.

    An exception that no middleware turns into an answer comes up here as itself.
    """
    with transaction.atomic():
        answer = getattr(client, method)(url, data)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    assert answer.status_code < 500, f"{what}: {answer.status_code}"
    assert not TRACES.search(body), f"{what}: shows its inside"
    assert answer.status_code != 422 or HAN.search(body), f"{what}: refused without a sentence"
