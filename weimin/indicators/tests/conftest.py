from __future__ import annotations

from types import SimpleNamespace

import pytest

from weimin.indicators import registry


@pytest.fixture
def measured():
    """A registry with two indicators of the test; `.found` and `.parts` are what they measure."""
    kept = dict(registry.INDICATORS)
    registry.INDICATORS.clear()
    held = SimpleNamespace(found={}, parts={})
    words = {"source": "试验", "numerator": "已通的村", "denominator": "全部行政村"}

    @registry.indicator("test.coverage", label="村覆盖率", unit="%", direction="up", **words)
    def coverage(low, high, on):
        return held.found

    @registry.indicator("test.late", label="超期件", unit="件", direction="down", **words, part_names=lambda parts: {part: f"方案{part}" for part in parts})
    def late(low, high, on):
        return held.parts

    yield held
    registry.INDICATORS.clear()
    registry.INDICATORS.update(kept)
