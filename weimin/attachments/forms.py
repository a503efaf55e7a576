from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import ActionForm
from weimin.attachments.rules import KINDS
from weimin.attachments.subjects import kinds_of


class UploadFile(ActionForm):
    kind = forms.ChoiceField(label=_("类别"))
    file = forms.FileField(label=_("文件"), help_text=_("照片 jpg、png、webp；文件 pdf、docx、xlsx。按内容识别，不看后缀名。"))

    def prepare(self) -> None:
        choices: list[tuple[str, Any]] = [(code, KINDS[code].label) for code in kinds_of(self.target)]
        self.offer("kind", choices)
        self.fields["kind"].initial = choices[0][0]


class RemoveFile(ActionForm):
    reason = forms.CharField(label=_("作废原因"), max_length=200, help_text=_("例如：传错了、照片不清楚。作废后不再显示，留痕中保留。"))
