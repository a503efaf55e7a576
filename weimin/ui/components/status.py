"""How things stand: lamps, tags, figures, progress, notes, empty states, life lines, history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from weimin.ui import formats

register = Library()

LAMP_WORDS = {"green": _("正常"), "yellow": _("快到期"), "red": _("已超期"), "paused": _("已暂停"), "none": _("无时限")}
KINDS = ("ok", "warn", "bad", "info", "off", "")
LIFE_WORDS = {
    "done": _("已完成"),
    "now": _("进行中"),
    "todo": _("未开始"),
    "failed": _("未通过"),
    "stopped": _("到此为止"),
    "skipped": _("不适用"),
}


@dataclass(frozen=True)
class Stage:
    """One state of a life line. `state`: done, now, todo, failed (is where it stands, and failed), stopped (nobody goes on) or skipped."""

    label: str
    state: str = "todo"
    words: str = ""


@dataclass(frozen=True)
class Event:
    """One line of a history: what happened, who did it, when; `changes` are (field, before, after); `kind` ok, bad or empty."""

    at: datetime | date
    what: str
    who: str = ""
    detail: str = ""
    changes: Sequence[tuple[str, str, str]] = ()
    kind: str = ""
    url: str = ""


@register.simple_tag
def lamp(thing: Any, words: str = "") -> SafeString:
    """Colour, shape and words of a deadline. `thing`: "green|yellow|red|paused|none", or anything with `colour` and `words`
    (a dict, or an object as `weimin.calendars.clock.Lamp`), or a thing whose `lamp` is one of those. Never colour alone."""
    held = getattr(thing, "lamp", thing)
    held = held() if callable(held) else held
    named = held if isinstance(held, dict) else {"colour": getattr(held, "colour", held), "words": getattr(held, "words", "")}
    colour = str(named.get("colour") or "none")
    said = words or named.get("words") or LAMP_WORDS.get(colour, colour)
    return format_html('<span class="lamp {}">{}</span>', colour if colour in LAMP_WORDS else "none", said)


@register.simple_tag
def tag(words: str, kind: str = "off") -> SafeString:
    """A short state in a frame; `kind`: ok, warn, bad, info, off."""
    return format_html('<span class="tag {}">{}</span>', kind if kind in KINDS else "off", words)


@register.inclusion_tag("ui/components/kpi.html")
def kpi(label: str, value: Any, detail: str = "", kind: str = "", url: str = "", unit: str = "") -> dict[str, Any]:
    """A figure in big letters; with `url` the whole card is a link. Numbers get thousands; a string stays as it is."""
    shown = value if isinstance(value, str) else formats.figure(value)
    return {
        "label": label,
        "value": shown,
        "detail": detail,
        "kind": kind if kind in KINDS else "",
        "url": url,
        "unit": unit,
    }


@register.inclusion_tag("ui/components/meter.html")
def progress(done: int, whole: int, label: str = "", kind: str = "", goal: float | None = None) -> dict[str, Any]:
    """`done` of `whole` as a bar with words; `goal` (percent) draws a mark. A whole of nothing says so."""
    share = max(0.0, min(100.0, done * 100 / whole)) if whole else 0.0
    return {
        "done": done,
        "whole": whole,
        "share": f"{share:.1f}",
        "percent": formats.percent(done, whole),
        "label": label,
        "kind": kind if kind in KINDS else "",
        "goal": None if goal is None else f"{max(0.0, min(100.0, goal)):.1f}",
    }


@register.simple_tag
def note(words: str, kind: str = "info") -> SafeString:
    """A remark beside the work; `kind`: info, ok, warn, bad."""
    return format_html('<p class="note {}">{}</p>', kind if kind in KINDS else "info", words)


@register.inclusion_tag("ui/components/empty.html")
def empty(words: str, detail: str = "", url: str = "", action: str = "") -> dict[str, Any]:
    """What will appear here (`words`, `detail`) and the first step (`action` leads to `url`). In a loop it belongs after the
    loop's own `{% empty %}`."""
    return {"words": words, "detail": detail, "url": url, "action": action}


@register.inclusion_tag("ui/components/steps.html")
def steps(stages: Sequence[Stage], label: str = "") -> dict[str, Any]:
    """A life line; more than five stages put the words below the number. `label` names the list for screen readers."""
    lines = [
        {
            "label": s.label,
            "words": s.words,
            "state": s.state,
            "said": LIFE_WORDS.get(s.state, s.state),
            "here": s.state in ("now", "failed", "stopped"),
        }
        for s in stages
    ]
    return {"stages": lines, "label": label, "many": len(lines) > 5}


@register.inclusion_tag("ui/components/history.html")
def history(events: Sequence[Event], empty_words: str = "") -> dict[str, Any]:
    """What happened, newest first as given."""
    return {"events": events, "empty_words": empty_words or _("还没有记录")}


@register.inclusion_tag("ui/components/definitions.html")
def definitions(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """(label, value) pairs of a record; an empty value shows as a dash."""
    return {"pairs": [(label, formats.NOTHING if value in (None, "") else value) for label, value in pairs]}
