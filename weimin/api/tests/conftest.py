from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from weimin.api.tests.builders import make_token, program


@pytest.fixture
def caller(jurisdiction: Any, make_post: Callable[..., Any]) -> Callable[..., Client]:
    """caller(role, region, scopes=None, **token) -> a program with a token of a fresh post; all fixed scopes when none are named."""

    def make(role: str, region: int, scopes: list[str] | None = None, **over: Any) -> Client:
        post = make_post(role, region)
        client = program(make_token(post, scopes, **over))
        client.post_row = post  # type: ignore[attr-defined]
        return client

    return make
