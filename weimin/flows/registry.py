"""Declared flows: states with their desk and limit, moves with the action that makes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from weimin.calendars.clock import Limit

START, END = "", "end"


@dataclass(frozen=True)
class State:
    """A place in a flow. `role` is the desk that holds it; an end state has none and opens no step."""

    key: str
    label: Any
    role: str = ""
    limit: Limit | None = None

    @property
    def is_end(self) -> bool:
        return not self.role


@dataclass(frozen=True)
class Move:
    """`action` takes a record from one state to another. `start` "" is the beginning."""

    start: str
    action: str
    end: str


@dataclass(frozen=True)
class Flow:
    """A process of one kind of record. `url(subject_id)` is the record's page, `verb(state)` the action that is next.

    elsewhere: actions of `moves` that are not done on the record itself but on another one; their way on is the record's page.
    own_clock: the record has limits of its own that stop and go on with its steps; its room alone stops them, never a step by itself.
    resumed_by: state → the action that lets a stopped clock go on, where nothing else may be done before.
    """

    name: str
    label: Any
    subject: str
    url: Callable[[int], str]
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    elsewhere: tuple[str, ...] = ()
    own_clock: bool = False
    resumed_by: Mapping[str, str] = field(default_factory=dict)

    def state(self, key: str) -> State:
        for state in self.states:
            if state.key == key:
                return state
        raise KeyError(f"{self.name} has no state {key}")

    def ends(self, start: str, action: str) -> set[str]:
        return {move.end for move in self.moves if move.start == start and move.action == action}

    def actions(self, start: str, *, stopped: bool = False) -> list[str]:
        """Actions that lead out of a state, in declared order, each once; first of all the one that starts the clock again while it is stopped."""
        first = [self.resumed_by[start]] if stopped and start in self.resumed_by else []
        return list(dict.fromkeys([*first, *(move.action for move in self.moves if move.start == start)]))

    def pairs(self) -> list[tuple[str, str]]:
        """Every allowed (from, to) of the status column, for the database's own guard."""
        return sorted({(move.start, move.end) for move in self.moves if move.start})


FLOWS: dict[str, Flow] = {}


def register_flow(flow: Flow) -> Flow:
    if flow.name in FLOWS:
        raise ValueError(f"flow {flow.name} is registered twice")
    for move in flow.moves:
        for key in (move.start, move.end):
            if key:
                flow.state(key)
    FLOWS[flow.name] = flow
    return flow


def mermaid(flow: Flow) -> str:
    """The flow as a state diagram, generated into docs/flows.md."""
    lines = ["stateDiagram-v2"]
    lines += [f'  state "{state.label}" as {state.key}' for state in flow.states]
    lines += [f"  {move.start or '[*]'} --> {move.end}: {move.action}" for move in flow.moves]
    lines += [f"  {state.key} --> [*]" for state in flow.states if state.is_end]
    return "\n".join(lines)
