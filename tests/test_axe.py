"""Every page of the demonstration, at desk and phone size, in a real Chromium: no WCAG finding, no script error, nothing refused, nothing too wide."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from browser.desk import chromium

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.req("X12")
def test_every_page_is_clean_for_everybody(tmp_path: Path) -> None:
    with chromium():
        pass  # skipped where there is none
    told = subprocess.run([sys.executable, "tools/shots.py", "--axe", "--out", str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, "\n".join(line for line in told.stdout.splitlines() if not line.startswith("ok")) + told.stderr[-2000:]
    assert len(list(tmp_path.glob("*.png"))) > 100
