"""Charts drawn on the server: bars, lines, rows, sparks. No script, printable, each with its figures in a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

from django.template import Library
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString

from weimin.ui import formats

register = Library()

WIDTH, HEIGHT = 1000.0, 100.0
Value = int | float | None


@dataclass(frozen=True)
class Series:
    """One series: its name and one value for each label; None = not known, drawn as a gap."""

    name: str
    values: Sequence[Value]


@dataclass(frozen=True)
class Scale:
    """Round numbers from low to high in equal steps."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def y(self, value: float) -> float:
        """Distance from the top in the 0..100 box."""
        return round(HEIGHT - (value - self.low) / (self.high - self.low) * HEIGHT, 2)


def scale_for(values: Sequence[Value], from_zero: bool = True, wanted: int = 5, whole: bool = False) -> Scale:
    """A scale of about `wanted` steps of 1, 2, 2.5 or 5 times a power of ten that holds all values; whole: of counts, which have no halves."""
    known = [float(value) for value in values if value is not None] or [0.0, 1.0]
    low, high = min(known), max(known)
    low = min(low, 0.0) if from_zero else low
    high = max(high, 0.0) if from_zero else high
    if low == high:
        high = low + 1.0
    rough = max((high - low) / wanted, 1.0 if whole else 0.0)
    power = 10.0 ** floor(log10(rough))
    step = next(m * power for m in ((1, 2, 5, 10) if whole else (1, 2, 2.5, 5, 10)) if m * power >= rough * 0.999999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    ticks = tuple(round(i * step, 10) for i in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], ticks)


def _frame(labels: Sequence[str], series: Sequence[Series], title: str, unit: str, table_url: str, scale: Scale) -> dict[str, Any]:
    return {
        "title": title,
        "unit": unit,
        "labels": labels,
        "crowded": len(labels) > 8,
        "ticks": [(formats.figure(tick), scale.y(tick)) for tick in reversed(scale.ticks)],
        "zero": scale.y(max(scale.low, 0.0)),
        "series": [(i + 1, one.name) for i, one in enumerate(series)],
        "table": [(label, [formats.figure(one.values[i]) for one in series]) for i, label in enumerate(labels)],
        "table_url": table_url,
    }


def _check(labels: Sequence[str], series: Sequence[Series]) -> None:
    if not 1 <= len(series) <= 5:
        raise ValueError("a chart has one to five series")
    if any(len(one.values) != len(labels) for one in series):
        raise ValueError("every series of a chart has one value for each label")


@register.inclusion_tag("ui/components/chart.html")
def bars(labels: Sequence[str], series: Sequence[Series], title: str, unit: str = "", table_url: str = "") -> dict[str, Any]:
    """Upright bars, series side by side. `title` says what is seen and is read aloud; the figures follow as a table, or behind
    `table_url`."""
    _check(labels, series)
    values = [value for one in series for value in one.values]
    scale = scale_for(values, whole=all(value is None or isinstance(value, int) for value in values))
    slot = WIDTH / max(1, len(labels))
    wide = slot * 0.72 / len(series)
    marks = []
    for i, label in enumerate(labels):
        for k, one in enumerate(series):
            if (value := one.values[i]) is not None:
                top, bottom = sorted((scale.y(value), scale.y(0.0)))
                left = round(i * slot + slot * 0.14 + k * wide, 2)
                said = f"{label} {one.name} {formats.figure(value)}{unit}"
                marks.append(
                    {
                        "x": left,
                        "y": top,
                        "w": round(wide * 0.94, 2),
                        "h": round(bottom - top, 2),
                        "n": k + 1,
                        "said": said,
                    }
                )
    return {**_frame(labels, series, title, unit, table_url, scale), "bars": marks, "traces": []}


@register.inclusion_tag("ui/components/chart.html")
def lines(labels: Sequence[str], series: Sequence[Series], title: str, unit: str = "", table_url: str = "", goal: Value = None) -> dict[str, Any]:
    """Lines with points; the scale need not begin at zero. `goal` is a dashed line."""
    _check(labels, series)
    every = [value for one in series for value in one.values]
    scale = scale_for([*every, goal], from_zero=False)
    slot = WIDTH / max(1, len(labels))
    traces = []
    for k, one in enumerate(series):
        points = [(round((i + 0.5) * slot, 2), scale.y(v)) for i, v in enumerate(one.values) if v is not None]
        said = [f"{labels[i]} {one.name} {formats.figure(v)}{unit}" for i, v in enumerate(one.values) if v is not None]
        traces.append({"n": k + 1, "path": trace(one.values, scale, slot, slot / 2), "dots": list(zip(points, said, strict=True))})
    frame = _frame(labels, series, title, unit, table_url, scale)
    return {
        **frame,
        "bars": [],
        "traces": traces,
        "goal": None if goal is None else scale.y(goal),
        "goal_words": formats.figure(goal),
    }


def trace(values: Sequence[Value], scale: Scale, step: float, start: float) -> str:
    """The path of a line with gaps where a value is not known."""
    parts, pen = [], "M"
    for i, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        parts.append(f"{pen}{start + i * step:.1f} {scale.y(value)}")
        pen = "L"
    return "".join(parts)


@register.simple_tag
def spark(values: Sequence[Value], title: str, kind: int = 1) -> SafeString:
    """A line of the size of a word; the last point is marked; `title` says it in words."""
    if not any(value is not None for value in values):
        return format_html('<span class="hint">{}</span>', formats.NOTHING)
    scale = scale_for(values, from_zero=False)
    step = 100 / max(1, len(values) - 1)
    last = max(i for i, value in enumerate(values) if value is not None)
    return format_html(
        '<svg class="spark" viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<path class="trace s{}" d="{}"/><path class="dot s{}" d="M{} {}h0"/></svg>',
        title, kind, trace(values, scale, step, 0.0), kind, round(last * step, 1), scale.y(float(values[last] or 0)),
    )  # fmt: skip


@register.inclusion_tag("ui/components/rows_chart.html")
def row_bars(points: Sequence[tuple[str, Value, str]], title: str, unit: str = "", largest: Value = None) -> dict[str, Any]:
    """Lying bars for rankings: (label, value, address or empty). `largest` fixes the full width (100 for percent)."""
    top = float(largest or max((p[1] or 0 for p in points), default=0) or 1)
    shown = [(label, formats.figure(v), round(min(100.0, (v or 0) * 100 / top), 2), url) for label, v, url in points]
    return {"points": shown, "title": title, "unit": unit}


@dataclass(frozen=True)
class Interval:
    """A share (0..100, None = not known) with the ends between which it may well lie; `muted` is drawn grey: it says too little."""

    label: str
    value: Value
    low: float
    high: float
    url: str = ""
    words: str = ""
    muted: bool = False


@register.inclusion_tag("ui/components/intervals.html")
def intervals(points: Sequence[Interval], title: str, unit: str = "%", mean: Value = None, mean_words: str = "") -> dict[str, Any]:
    """Shares with their intervals beside each other, each from 0 to 100; a dashed line is the share of all (`mean`), said in `mean_words`."""
    drawn = [
        {
            "label": one.label, "url": one.url, "words": one.words, "muted": one.muted, "value": one.value, "low": f"{one.low:.1f}",
            "wide": f"{max(one.high - one.low, 0.6):.1f}", "mark": f"{min(one.value or 0, 98.8):.1f}", "shown": formats.figure(one.value),
            "said": f"{formats.figure(one.value)}{unit} {one.low:.1f}—{one.high:.1f}{unit} {one.words}",
        }
        for one in points
    ]  # fmt: skip
    return {"points": drawn, "title": title, "unit": unit, "mean": None if mean is None else f"{mean:.1f}", "mean_words": mean_words}


@register.simple_tag
def chart_data(option: dict[str, Any], name: str) -> SafeString:
    """The ECharts option for the element with `data-chart="name"`, as a data block from which no script runs."""
    return json_script(option, name)
