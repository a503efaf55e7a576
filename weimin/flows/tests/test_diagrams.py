"""docs/flows.md is generated from the code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from weimin.flows.diagrams import section


def test_a_flow_is_drawn_with_its_moves_desks_and_legal_basis(flow: Any) -> None:
    text = section(flow)
    assert "  doing --> check: test.finish" in text
    assert "| `doing` | 办理中 | village | 5 working days 测试办法第三条 |" in text
    assert "| `end` | 已完成 | (end) | by the record |" in text


def test_check_passes_on_what_was_written_and_fails_once_it_differs(tmp_path: Path) -> None:
    target = tmp_path / "flows.md"
    call_command("flows_diagrams", out=target)
    call_command("flows_diagrams", out=target, check=True)
    target.write_text(target.read_text("utf-8") + "x", "utf-8")
    with pytest.raises(CommandError, match="不一致"):
        call_command("flows_diagrams", out=target, check=True)
