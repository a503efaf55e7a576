"""What is next is one click away: the button of a row opens the action itself, on the record that the step is about."""

from __future__ import annotations

from typing import Any

import pytest
from proofs.seats import seat_of

from weimin.actions.act import find_target
from weimin.actions.examples import collect
from weimin.actions.registry import ACTIONS
from weimin.flows.registry import FLOWS
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

EXAMPLES = collect()
pytestmark = [pytest.mark.django_db, pytest.mark.req("X2")]
PAIRS = sorted(
    {
        (flow.name, move.action)
        for flow in FLOWS.values()
        for move in flow.moves
        if move.start and move.action in ACTIONS and ACTIONS[move.action].find is not None and move.action not in flow.elsewhere
    }
)


@pytest.mark.parametrize(("flow", "name"), PAIRS, ids=lambda value: value)
def test_an_action_that_leads_on_is_done_on_the_record_of_the_step(flow: str, name: str, jurisdiction: Any, actor: Any) -> None:
    """Else the flow names it in `elsewhere`, and the row leads to the record's page."""
    role = EXAMPLES[name].role
    who = actor(role, seat_of(role))
    with entered(system_actor()):
        target, _data = EXAMPLES[name].build(who, seat_of(role))
        found = find_target(ACTIONS[name], who, target)
    assert found._meta.label_lower == FLOWS[flow].subject
