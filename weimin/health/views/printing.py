"""The forms of the standard on paper: of one person, masked unless a reason is given, or empty for use by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.health.actions.base import KEEPERS
from weimin.health.joining import Printed
from weimin.health.joining import forms as all_forms
from weimin.health.models import HealthRecord
from weimin.health.queries import get_record
from weimin.health.queries.printing import WHOLE, offered, paper_of, printed
from weimin.health.standard_words import in_words
from weimin.health.views.records import for_health
from weimin.papers.answers import paper_answer
from weimin.trail.record import record as record_trail
from weimin.walls.errors import NotAllowed, seen
from weimin.walls.request import Request

ENDINGS = [("pdf", _("PDF，直接打印")), ("docx", _("Word，可以修改"))]


class AskForm(forms.Form):
    """Which form and as what; a reason prints identifiers in full."""

    form = forms.ChoiceField(label=_("表格"), widget=forms.RadioSelect)
    ending = forms.ChoiceField(label=_("格式"), choices=ENDINGS, widget=forms.RadioSelect)

    def __init__(self, data: Any, choices: list[tuple[str, Any]], *, reason: bool) -> None:
        super().__init__(data, label_suffix="", initial={"form": choices[0][0], "ending": "pdf"})
        self.fields["form"].choices = choices  # type: ignore[attr-defined]
        if reason:
            self.fields["reason"] = forms.CharField(
                label=_("理由"), max_length=200, min_length=4, required=False,
                help_text=_("不填的，证件号码、电话和住址按规定遮住一部分；填了的印完整的，谁、何时、为什么打印都留痕。"),
            )  # fmt: skip


@require_GET
@never_cache
@signed_in
def blank_forms(request: Request) -> HttpResponse:
    """Empty forms; ?form and ?ending give the paper."""
    for_health(request)
    form = AskForm(request.GET if request.GET else None, [(one.name, in_words(one.label)) for one in all_forms()], reason=False)
    if not form.is_valid():
        return render(request, "health/forms.html", {"form": form, "record": None}, status=422 if form.is_bound else 200)
    name = form.cleaned_data["form"]
    return paper_answer(lambda: paper_of(name, None), form.cleaned_data["ending"], f"{name}-blank")


@require_GET
@never_cache
@signed_in
def record_forms(request: Request, number: int) -> HttpResponse:
    """The forms of one person; who prints is on the trail, which form is not: its name would tell an illness."""
    actor, now = request.actor, timezone.now()
    record = seen(get_record, actor, number)
    about = printed(actor, record, full=False)
    choices = [(WHOLE, _("整份档案")), *((one.name, in_words(one.label)) for one in offered(about))]
    form = AskForm(request.GET if request.GET else None, choices, reason=actor.role in KEEPERS)
    if not form.is_valid():
        return render(request, "health/forms.html", {"form": form, "record": record}, status=422 if form.is_bound else 200)
    reason = form.cleaned_data.get("reason", "")
    if request.GET.get("reason") and actor.role not in KEEPERS:
        raise NotAllowed()
    record_trail(
        actor, "health.print", subject_type=HealthRecord._meta.label_lower, subject_id=record.pk, region=record.region, now=now, after={"full": bool(reason)},
        reason=reason,
    )  # fmt: skip
    return answer(printed(actor, record, full=True) if reason else about, form.cleaned_data["form"], form.cleaned_data["ending"])


def answer(about: Printed, name: str, ending: str) -> HttpResponse:
    return paper_answer(lambda: paper_of(name, about), ending, f"{name}-{about.record.number[9:]}")
