"""The shape of input at the end of a case: decision, result, an instant item finished, agreement, reopening."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import LINE, ActionForm
from weimin.cases.forms_delivery import DeliveryFields
from weimin.cases.forms_papers import PaperFields
from weimin.cases.forms_stages import long, stage_words
from weimin.cases.items import stages_of
from weimin.cases.models import Case
from weimin.cases.rules_papers import deferred, missing
from weimin.ui.widgets import Upload


class Decide(ActionForm):
    outcome = forms.ChoiceField(label=_("决定"), choices=[("granted", _("准予")), ("refused", _("不予"))], widget=forms.RadioSelect)
    result = forms.CharField(label=_("结果说明"), max_length=500, required=False, widget=long(), help_text=_("准予的写明给什么、从什么时候起。"))
    reason = forms.CharField(label=_("理由"), max_length=500, required=False, widget=long(), help_text=_("不予的必须写明理由和依据。"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == "refused" and not cleaned.get("reason"):
            self.add_error("reason", _("不予的决定必须写明理由。"))
        return cleaned


class MakeResult(ActionForm):
    result = forms.CharField(label=_("结果或证照编号"), max_length=500, widget=long())
    file = forms.FileField(label=_("结果文件"), required=False, widget=Upload(kinds="image/*,application/pdf"))


class Finish(PaperFields, DeliveryFields):
    """An instant item that came in without a decision: papers, result and delivery on one page."""

    result = forms.CharField(label=_("办理结果"), max_length=500, required=False, widget=long())

    def prepare(self) -> None:
        DeliveryFields.prepare(self)
        self.add_papers()
        if isinstance(self.target, Case):
            self.initial.setdefault("result", self.target.item_version.content.result)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if lacking := missing(cleaned.get("papers", [])):
            self.add_error(None, _("还缺：%(names)s。") % {"names": "、".join(row.name for row in lacking)})  # text: data
        if later := deferred(cleaned.get("papers", [])):
            self.add_error(None, _("容缺材料还没有补齐：%(names)s。补齐后再作准予决定。") % {"names": "、".join(row.name for row in later)})
        return cleaned


class Settle(ActionForm):
    note = forms.CharField(label=_("居民意见"), max_length=200, required=False, validators=[LINE])


class Reopen(ActionForm):
    stage = forms.TypedChoiceField(label=_("从哪个环节重新办"), coerce=int, required=False, empty_value=None, help_text=_("前面没有问题的环节不用再走。"))
    reason = forms.CharField(label=_("重新办理的原因"), max_length=300, widget=long())

    def prepare(self) -> None:
        if isinstance(self.target, Case):
            self.offer("stage", [(number, stage_words(stage)) for number, stage in enumerate(stages_of(self.target))])
