"""What the standard says of an examination while it is typed, section by section."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from weimin.accounts.guard import signed_in
from weimin.examinations.forms_examination import CorrectExamination, RecordExamination
from weimin.examinations.judging import answered, whom_of
from weimin.examinations.models import Examination
from weimin.examinations.rules_abnormal import RECHECK, URGENT, Abnormal, judge, suspected
from weimin.examinations.rules_form import Examined, parameter, section_of
from weimin.examinations.wording import lines
from weimin.health.models import Programme
from weimin.health.views.records import as_number, for_health, record_of
from weimin.walls.errors import NotVisible
from weimin.walls.request import Request


@require_POST
@signed_in
@never_cache
def verdict(request: Request, number: int) -> HttpResponse:
    """The fragment at the end of a section: what is out of range there and what follows from it. The same judgement as the action's; nothing is stored."""
    actor, now = for_health(request), timezone.now()
    record = record_of(actor, number)
    old = Examination.objects.visible_to(actor).filter(record=record, pk=as_number(request.GET.get("examination", ""))).first()
    if old is not None:
        old.record = record
    form = CorrectExamination(request.POST, actor=actor, target=old, now=now) if old else RecordExamination(request.POST, actor=actor, target=record, now=now)
    form.is_valid()
    title, names = named_part(form, as_number(request.GET.get("part", "")))
    on = form.cleaned_data.get("on") or (old.on if old else timezone.localdate(now))
    whom = whom_of(actor, record, on)
    listed = [one for one in judge(answered(form.cleaned_data), whom, on) if section_of(one.item) == title]
    odd = [str(error) for name in names if request.POST.get(name) for error in form.errors.get(name, [])]
    return render(request, "examinations/_verdict.html", {"lines": lines(listed), "odd": odd, "told": told(listed, whom, timezone.localdate(now))})


def named_part(form: RecordExamination, part: int) -> tuple[str, list[str]]:
    if not 1 <= part <= len(form.sections):
        raise NotVisible()
    return form.sections[part - 1]


def told(listed: list[Abnormal], whom: Examined, today: date) -> list[str]:
    """What saving will set going, so that the doctor can say it to the resident at once."""
    levels, words = {one.level for one in listed}, list[Any]()
    if URGENT in levels:
        words.append(_now("危急：马上处理，保存后办理转诊，两周内问清结果。"))
    elif RECHECK in levels:
        words.append(_now("保存后列入异常追踪，%(days)d 天内复查。") % {"days": parameter("recheck_days", today)})
    words += [_now("可疑%(name)s，保存后登记筛查。") % {"name": Programme(one).label} for one in suspected(listed, whom)]
    return words
