"""A small flow for the tests of this room, gone afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from weimin.calendars.clock import Limit
from weimin.flows.registry import FLOWS, Flow, Move, State, register_flow

STATES = (
    State("doing", "办理中", "village", Limit(5, "workday", "测试办法第三条")),
    State("check", "核对中", "township", Limit(2, "workday")),
    State("end", "已完成"),
)
MOVES = (Move("", "test.begin", "doing"), Move("doing", "test.finish", "check"), Move("check", "test.approve", "end"))


@pytest.fixture
def flow() -> Iterator[Flow]:
    made = register_flow(Flow("test_flow", "测试流程", "sites.site", lambda number: f"/sites/{number}/", STATES, MOVES))
    yield made
    del FLOWS["test_flow"]
