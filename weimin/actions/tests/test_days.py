"""The day of a form is the day on the wall here, also in the first eight hours, when it is still yesterday at Greenwich."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django import forms

from weimin.actions.forms import ActionForm, not_later

AT_ONE_IN_THE_NIGHT = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)


class Day(ActionForm):
    on = forms.DateField()

    def clean_on(self):
        return not_later(self, "on")


def test_today_is_not_later_than_today_in_the_first_hours():
    form = Day({"on": "2026-12-01"}, now=AT_ONE_IN_THE_NIGHT)
    assert form.is_valid() and form.now is not None and form.now.date() == date(2026, 12, 1)


def test_tomorrow_is():
    assert not Day({"on": "2026-12-02"}, now=AT_ONE_IN_THE_NIGHT).is_valid()
