"""A place of one's own range, for sheets of many rows and for papers that no action checks."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from weimin.regions.fields import PlaceField


class OwnPlace(PlaceField):
    """Refuses a place outside the range as a fault of its field, and reads the range once: a sheet of 1,000 rows asks once."""

    def by_code(self, code: int) -> int:
        if not hasattr(self, "_codes"):
            self._codes = {region.code for region in self.known()}
        if code not in self._codes:
            raise forms.ValidationError(_("这个区划不在您的管辖范围内，请重新选择。"))
        return code
