"""`python -m bench [--only NAME …] [--json] [--small] [--write]`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from pathlib import Path

from bench import installation
from bench.sizes import FULL, SMALL, Sizes
from bench.table import Line, markdown, render

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "bench.md"
# in this order: the country is loaded first, starting measures installations of its own
MEASURES = ("regions", "floors", "plans", "actions", "pages", "trail", "engines", "residents", "searches", "cases", "health", "starting")


def main(arguments: Sequence[str]) -> int:
    """0 when every budget is kept, 1 when one is not."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="What Weimin costs, beside the floors of this machine.")
    parser.add_argument("--only", action="append", choices=MEASURES, metavar="NAME", help=", ".join(MEASURES))
    parser.add_argument("--json", action="store_true", help="the lines as JSON")
    parser.add_argument("--small", action="store_true", help="tiny sizes, to see that every row works; the figures mean nothing")
    parser.add_argument("--write", action="store_true", help="write docs/bench.md; what is not measured now stays as it was")
    options = parser.parse_args(arguments)
    with installation.folder() as home:
        installation.open_house()
        lines = measure(options.only or MEASURES, SMALL if options.small else FULL)
        described = installation.machine(home)
    sys.stdout.write(json.dumps([line.plain() for line in lines], ensure_ascii=False) if options.json else f"{described}\n\n{render(lines)}")
    sys.stdout.write("\n")
    if options.write:
        DOCUMENT.write_text(markdown(lines, described, date.today().isoformat(), DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
    return int(any(line.verdict == "over" for line in lines))


def measure(chosen: Sequence[str], sizes: Sizes) -> list[Line]:
    """Every line of the chosen measures; the modules need Django and are loaded one by one."""
    lines: list[Line] = []
    import_module("bench.country").prepare(sizes)
    for name in MEASURES:
        if name in chosen:
            sys.stderr.write(f"{name} …\n")
            for line in import_module(f"bench.measure_{name}").measure(sizes):
                lines.append(line)
                sys.stderr.write(f"  {' · '.join(cell for cell in line.cells() if cell)}\n")  # so that a measure that breaks off loses nothing
    return lines


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
