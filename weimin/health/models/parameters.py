"""What the district's bureau set or confirmed of the figures that rules go by."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from weimin.walls.models import ScopedModel


class ParameterValue(ScopedModel):
    """A parameter has a value from a day on: set anew, or confirmed as it is shipped. Open to every post (`open_tables.yaml`): it says
    nothing of anybody, and every post's work is judged by it. Rows stay as they are; of two with the same day the later one holds."""

    key = models.CharField(_("参数"), max_length=80)
    value = models.CharField(_("值"), max_length=1500)
    effective_from = models.DateField(_("生效日期"))
    source = models.CharField(_("依据"), max_length=200)
    reason = models.CharField(_("理由"), max_length=200)
    confirms = models.BooleanField(_("确认原值"), default=False)
    person = models.BigIntegerField(_("办理人编号"), default=0)
    person_name = models.CharField(_("办理人"), max_length=40)
    post_label = models.CharField(_("岗位"), max_length=80, blank=True)
    made_at = models.DateTimeField(_("办理时间"))

    class Meta:
        verbose_name = _("参数值")
        indexes = [models.Index(fields=["key", "effective_from"], name="parameter_value_key")]

    def __str__(self) -> str:
        return f"{self.key} {self.value}"
