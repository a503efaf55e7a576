"""What forms of several rooms share."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django import forms

from weimin.actions.forms import ActionForm, not_later


class Day(ActionForm):
    on = forms.DateField()

    def clean_on(self):
        return not_later(self, "on")


@pytest.mark.parametrize(("typed", "taken"), [("2026-12-01", True), ("2026-12-02", False), ("2026-11-30", True)])
def test_today_is_today_in_china_also_before_eight_in_the_morning(typed, taken):
    """Ten past midnight of 1 December in Shanghai is still November in UTC."""
    form = Day({"on": typed}, now=datetime(2026, 11, 30, 16, 10, tzinfo=UTC))
    assert form.is_valid() is taken
