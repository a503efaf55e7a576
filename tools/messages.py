"""Texts of every room: extract them, keep the English catalogues complete, find Chinese that nobody can translate.

python tools/messages.py             brings weimin/<room>/locale/en/LC_MESSAGES/django.po up to the sources
python tools/messages.py --check     lists what is missing and fails; changes nothing (--room NAME: of one room, here and above)
python tools/messages.py --compile   writes the .mo files beside them
GNU gettext is not needed. A line that holds data and no text for people is marked with the comment "text: data";
on a line of its own among the first ten lines the mark excuses the whole file.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.message_catalogues import compile_all, problems_of, read_all, update_all  # noqa: E402
from tools.message_sources import extract_room, rooms, stray_texts  # noqa: E402

PACKAGE = Path(__file__).resolve().parent.parent / "weimin"


def check(package: Path) -> list[str]:
    """Every fault as one line "file: what"; empty when all is well."""
    wanted = {room.name: extract_room(room) for room in rooms(package)}
    faults = problems_of(package, wanted, read_all(package))
    for room in rooms(package):
        faults += stray_texts(room)
    return faults


def main(arguments: list[str] | None = None, package: Path = PACKAGE) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="list what is missing; fail when there is any")
    parser.add_argument("--compile", action="store_true", help="write the .mo files")
    parser.add_argument("--room", help="only this room")
    chosen = parser.parse_args(arguments)
    if chosen.compile:
        print(f"{compile_all(package)} catalogues compiled")
        return 0
    if chosen.check:
        faults = [line for line in check(package) if not chosen.room or line.startswith(f"{package.name}/{chosen.room}/")]
        print("\n".join([*faults, f"{len(faults)} faults in the texts"]))
        return 1 if faults else 0
    chosen_rooms = [room for room in rooms(package) if not chosen.room or room.name == chosen.room]
    for room, (texts, open_) in update_all(package, {room.name: extract_room(room) for room in chosen_rooms}).items():
        print(f"{room}: {texts} texts, {open_} without English")
    return 0


if __name__ == "__main__":
    sys.exit(main())
