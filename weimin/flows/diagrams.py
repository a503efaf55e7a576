"""The registered flows as one Markdown document with state diagrams. Generated, never edited."""

from __future__ import annotations

from weimin.calendars.clock import Limit
from weimin.flows.registry import FLOWS, Flow, mermaid

HEADER = "# Flows\n\nGenerated from the code by `weimin flows_diagrams`; do not edit. Each arrow is named after the action that takes it.\n"
UNITS = {"workday": "working days", "day": "days", "hour": "hours", "month": "months"}


def document() -> str:
    return "\n".join([HEADER, *(section(flow) for _name, flow in sorted(FLOWS.items()))])


def section(flow: Flow) -> str:
    """Heading, diagram and the table of states with desk, limit and legal basis."""
    rows = [f"| `{state.key}` | {state.label} | {state.role or '(end)'} | {limit_words(state.limit)} |" for state in flow.states]
    table = ["| state | name | desk | limit and basis |", "|---|---|---|---|", *rows]
    return "\n".join([f"## `{flow.name}` {flow.label} (`{flow.subject}`)", "", "```mermaid", mermaid(flow), "```", "", *table, ""])


def limit_words(limit: Limit | None) -> str:
    if limit is None:
        return "by the record"
    return " ".join(part for part in (str(limit.value), UNITS[limit.unit], limit.basis) if part)
