"""Every form of every action with hostile input: an answer with a sentence, never a 500 and never a traceback.

CI sends a few to each; `WEIMIN_REQUESTS=10000 pytest -m slow tests/test_registry_forms.py tests/test_registry_filters.py`
sends more than ten thousand.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from proofs.attack import FEW, MANY, in_the_long_run, send
from proofs.hostile import FILES, TEXT, spoiled
from proofs.pages import act_url, client_of, draft_url
from proofs.seats import seat_of

from weimin.actions.examples import collect
from weimin.actions.registry import ACTIONS
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

EXAMPLES = collect()
NAMES = sorted(set(ACTIONS) & set(EXAMPLES))
pytestmark = [pytest.mark.django_db, pytest.mark.req("X13")]
Attack = Callable[[str, Any], None]


@pytest.fixture
def attack(jurisdiction: Any, actor: Any) -> Attack:
    """attack(name, how) sends the action's example, spoiled again and again, to the action's page."""

    def run(name: str, how: Any) -> None:
        example = EXAMPLES[name]
        who = actor(example.role, seat_of(example.role))
        with entered(system_actor()):
            target, valid = example.build(who, seat_of(example.role))
        client, files = client_of(who), [*example.files()] if example.files else []
        wrong = TEXT.filter(lambda text: text.strip("./") != "" and "/" not in text)

        @how
        @given(
            data=spoiled(valid, sorted({*ACTIONS[name].form.base_fields, *valid})), aim=st.one_of(st.just(target), st.just(target), st.just(target), wrong),
            upload=FILES, method=st.sampled_from(["post", "post", "post", "get", "draft"]),
        )  # fmt: skip
        def once(data: dict[str, Any], aim: Any, upload: Any, method: str) -> None:
            upload.seek(0)
            sent = data | (dict.fromkeys(files, upload) if method == "post" else {})
            url = draft_url(name, aim) if method == "draft" else act_url(name, aim)
            send(client, "get" if method == "get" else "post", url, sent, f"{method} {name} {aim!r} {data!r}")

        once()

    return run


@pytest.mark.parametrize("name", NAMES)
def test_no_form_of_an_action_breaks(name: str, attack: Attack) -> None:
    attack(name, FEW)


@pytest.mark.slow
@in_the_long_run
@pytest.mark.parametrize("name", NAMES)
def test_no_form_of_an_action_breaks_in_the_long_run(name: str, attack: Attack) -> None:
    attack(name, MANY)
