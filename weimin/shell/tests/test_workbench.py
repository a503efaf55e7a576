"""The workbench shows what the post has to do, and costs the same with many steps."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from weimin.flows.tests.builders import make_step


@pytest.mark.req("X2")
def test_the_workbench_lists_the_steps_of_the_post_with_lamp_words_and_place(jurisdiction: Any, client_as: Any, places: Any) -> None:
    make_step(places.village, timezone.now(), title="渤海社区站点备案")
    page = client_as("village", places.village).get("/").content.decode()
    assert "渤海社区站点备案" in page and 'class="lamp green"' in page


@pytest.mark.req("X2")
def test_steps_of_another_village_are_not_on_the_workbench(jurisdiction: Any, client_as: Any, places: Any) -> None:
    make_step(places.other_village, timezone.now(), title="别村的事")
    assert "别村的事" not in client_as("village", places.village).get("/").content.decode()


def test_anonymous_people_are_sent_to_sign_in(jurisdiction: Any, client: Any) -> None:
    for path in ("/", "/todo.xlsx", "/search/?q=酉阳", "/guide/", "/help/", "/about/"):
        answer = client.get(path)
        assert answer.status_code == 302 and answer["Location"].startswith("/sign-in/")
