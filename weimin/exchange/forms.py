"""The shape of input: why a record goes out, the file that comes in, what is taken where the two sides differ."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import LINE, ActionForm
from weimin.exchange.kinds_files import Batch, batches, files_of
from weimin.exchange.models import Exchange, Release
from weimin.exchange.reviewing import Review, review
from weimin.exchange.rules_plan import OURS, THEIRS, Conflict
from weimin.exchange.rules_reading import MOST_BYTES
from weimin.exchange.showing import words_of
from weimin.health.models import HealthRecord
from weimin.ui.widgets import Upload

SHORTEST_REASON = 4


class ExportRecord(ActionForm):
    attached = forms.ChoiceField(
        label=_("照片和附件"), required=False, help_text=_("随访时拍的表格照片和扫描件。一次装不下的分批导出，对方逐批导入，不会重复。")
    )
    reason = forms.CharField(
        label=_("理由"), max_length=200, min_length=SHORTEST_REASON, validators=[LINE], help_text=_("例如本人迁往外县，随迁移交。谁、何时、为什么导出，都留痕。")
    )  # fmt: skip
    release = forms.ChoiceField(label=_("FHIR 版本"), choices=Release.choices, initial=Release.R5, widget=forms.RadioSelect)
    full = forms.BooleanField(
        label=_("含完整证件号码和电话"), required=False, help_text=_("对方要靠证件号码自动认人时才勾选；不勾选的，号码遮盖，对方按姓名和出生日期认人。")
    )  # fmt: skip

    field_order = ("reason", "attached", "release", "full")

    def prepare(self) -> None:
        self.order_fields(self.field_order)
        found = batches(files_of(self.actor, self.target)) if self.actor is not None and isinstance(self.target, HealthRecord) else []
        self.offer("attached", [*((str(one.number), batch_words(one, len(found))) for one in found), ("", _("不带"))])
        self.initial.setdefault("attached", "1" if found else "")
        self.batches = found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        return cleaned | {"batch": next((one for one in self.batches if str(one.number) == cleaned.get("attached")), None)}


def batch_words(batch: Batch, of: int) -> str:
    said = {"number": batch.number, "of": of, "count": len(batch.rows), "size": f"{batch.size / 1024 / 1024:.1f}"}
    if of == 1:
        return _("带上，%(count)d 个，%(size)s MB") % said
    return _("第 %(number)d 批，共 %(of)d 批：%(count)d 个，%(size)s MB") % said


class UploadBundle(ActionForm):
    bundle = forms.FileField(
        label=_("档案数据包"), widget=Upload(kinds=".json"), help_text=_("FHIR R5 或 R4 的 Bundle（JSON），一人一包。先核对，不写入任何内容。")
    )

    place = forms.IntegerField(required=False, min_value=10**11, max_value=10**12 - 1, widget=forms.HiddenInput)

    def clean_place(self) -> int:
        """It waits at the post that brought it, until it is known whose it is."""
        return int(self.cleaned_data["place"] or (self.actor.low if self.actor else 0))

    def clean_bundle(self) -> Any:
        file = self.cleaned_data["bundle"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("文件超过 %(most)d MB，没有读取。照片多的请对方分批导出。"), params={"most": MOST_BYTES // 1024 // 1024})
        return file


class ApplyBundle(ActionForm):
    """One choice for each difference, ours unless somebody says otherwise. `seen`: what the page showed; another plan is shown again first."""

    resident = forms.IntegerField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)

    review: Review | None = None
    stale = False

    def prepare(self) -> None:
        if isinstance(self.target, Exchange) and self.actor is not None:
            self.review = review(self.actor, self.target, self.wanted())
        if self.review is None or self.review.compared is None:
            return
        now = {"resident": self.review.resident.pk, "seen": self.review.compared.plan.digest}  # type: ignore[union-attr]
        self.initial |= now
        if self.is_bound and self.data.get("seen") != now["seen"]:
            self.stale, self.data = bool(self.data.get("seen")), {**self.data.dict(), **now} if hasattr(self.data, "dict") else {**self.data, **now}
        for one in self.review.compared.plan.conflicts:
            self.fields[one.name] = choice(one)

    def wanted(self) -> int | None:
        text = str(self.data.get("resident") or self.initial.get("resident") or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.review is None or self.review.compared is None:
            raise forms.ValidationError(_("还没有认定是哪位居民。请先在居民登记里核对或登记，再导入。"))
        if self.stale:
            raise forms.ValidationError(_("您核对期间档案有了变化。请看一遍现在的内容，再导入。"))
        return cleaned


def choice(one: Conflict) -> forms.ChoiceField:
    label, ours, theirs = words_of(one)
    choices = [(OURS, _("留本地：%(value)s") % {"value": ours}), (THEIRS, _("用来件：%(value)s") % {"value": theirs})]
    return forms.ChoiceField(label=label, choices=choices, initial=one.default, widget=forms.RadioSelect, required=False)
