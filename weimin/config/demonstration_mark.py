"""What the data folder remembers about the demonstration: '' undecided, 'empty', 'loading' (was interrupted), 'loaded'."""

from pathlib import Path

STATES = ("", "empty", "loading", "loaded")


def read(folder: Path) -> str:
    file = folder / "demonstration"
    found = file.read_text().strip() if file.exists() else ""
    return found if found in STATES else ""


def write(folder: Path, state: str) -> None:
    (folder / "demonstration").write_text(state + "\n")


def posts(folder: Path) -> str:
    """The one-click posts as lines of text, as the preparation left them; '' when there are none."""
    file = folder / "posts.txt"
    return file.read_text().rstrip() if file.exists() and read(folder) == "loaded" else ""


def write_posts(folder: Path, lines: str) -> None:
    (folder / "posts.txt").write_text(lines)
