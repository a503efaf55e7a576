"""Message templates with parameters, kept apart from the words of a moment so that each reader gets their language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from weimin.messages.rules import CHANNELS, IN_APP


@dataclass(frozen=True)
class Template:
    """`text` is a lazy translation with %(name)s parameters; `channels` are those it goes by; urgent ones pass quiet hours."""

    code: str
    text: Any
    channels: tuple[str, ...]
    urgent: bool


TEMPLATES: dict[str, Template] = {}


def register_template(code: str, text: Any, *, channels: tuple[str, ...] = (IN_APP,), urgent: bool = False) -> None:
    """A room's own template, registered once: register_template("flows.urge", _("“%(title)s”今天到期，请办理"))."""
    if code in TEMPLATES:
        raise ValueError(f"message template {code} is registered twice")
    if unknown := set(channels) - set(CHANNELS):
        raise ValueError(f"message template {code}: unknown channel {', '.join(sorted(unknown))}")
    TEMPLATES[code] = Template(code, text, channels, urgent)


def words(code: str, parameters: dict[str, Any], fallback: str = "") -> str:
    """The text in the language of the moment; `fallback` when the template or a parameter is gone."""
    if code not in TEMPLATES:
        return fallback
    try:
        return str(TEMPLATES[code].text) % parameters
    except KeyError:
        if fallback:
            return fallback
        raise
