"""The management commands of all rooms, found by their files: no settings, no database, no imports."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def find_commands() -> dict[str, str]:
    """Management command → room that owns it; `run` and `verify` are answered by the command line itself."""
    files = PACKAGE.glob("*/management/commands/[a-z]*.py")
    return {"run": "config", "verify": "config"} | {file.stem: file.parent.parent.parent.name for file in sorted(files)}
