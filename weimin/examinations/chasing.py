"""What was found is followed until it is closed: opened, changed when results come in or are corrected, ended with the record."""

from __future__ import annotations

from collections.abc import Set
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from weimin.examinations.flow import FOUND
from weimin.examinations.judging import Judged
from weimin.examinations.models import AbnormalFollowUp, Closing, Examination, FollowState
from weimin.examinations.rules_abnormal import RANKS, URGENT, Abnormal, as_data, suspected, to_follow
from weimin.examinations.rules_form import parameter
from weimin.flows.steps import close_step, current_step, open_step
from weimin.health.actions.care import screen
from weimin.health.models import HealthRecord
from weimin.messages.sending import send
from weimin.secrets.masking import mask
from weimin.ui.language import in_chinese
from weimin.walls.actor import Actor


@in_chinese
def title_of(record: HealthRecord) -> str:
    """The name masked and no finding, for steps are read by posts without the purpose too."""
    return _("体检复查%(name)s") % {"name": mask("name", record.resident.name, "public")}


def limit_of(listed: list[Abnormal], today: date) -> date:
    urgent = any(one.level == URGENT for one in listed)
    return today + timedelta(days=parameter("urgent_days" if urgent else "recheck_days", today))


def facts_of(listed: list[Abnormal], today: date) -> dict[str, Any]:
    rank = min(RANKS[one.level] for one in listed)
    return {"items": as_data(listed), "rank": rank, "refer": rank == 0, "due_on": limit_of(listed, today)}


def follow(examination: Examination, listed: list[Abnormal], by: Actor, now: datetime, action: str, since: Set[str] = frozenset()) -> AbnormalFollowUp | None:
    """Opens or changes what is followed of an examination. What was closed already is not opened a second time, nor what was looked at
    again `since`, unless it is followed already."""
    wanted, earlier = to_follow(listed), list(AbnormalFollowUp.objects.select_for_update().filter(examination__in=ancestry(examination)))
    current = next((row for row in earlier if row.state != FollowState.CLOSED), None)
    settled = {(item["item"], item["value"]) for row in earlier if row.state == FollowState.CLOSED for item in row.items}
    followed = {item["item"] for item in current.items} if current is not None else set()
    wanted = [one for one in wanted if (one.item, one.value) not in settled and (one.item not in since or one.item in followed)]
    if not wanted:
        if current is not None:
            close(current, Closing.CORRECTED, "", by, now, action)
        return None
    today = timezone.localdate(now)
    if current is None:
        facts = {"region": examination.region, "record": examination.record, "found_on": examination.on}
        current = AbnormalFollowUp.objects.create(**facts, examination=examination, **facts_of(wanted, max(today, examination.on)))
    else:
        change(current, examination, wanted, today)
        drop_step(current, by, now, action)
    open_step(FOUND, current.state, current, title=title_of(examination.record), region=current.region, now=now, due_on=current.due_on)
    return current


def ancestry(examination: Examination) -> list[int]:
    """The examination, what it corrects, and what that corrected."""
    found, before = [examination.pk], examination.corrects_id
    while before is not None:
        found.append(before)
        before = Examination.objects.filter(pk=before).values_list("corrects_id", flat=True).first()
    return found


def change(row: AbnormalFollowUp, examination: Examination, wanted: list[Abnormal], today: date) -> None:
    """The clock is not set back by what is found later."""
    facts = facts_of(wanted, max(today, examination.on))
    row.examination, row.items, row.rank, row.refer, row.found_on = examination, facts["items"], facts["rank"], facts["refer"], examination.on
    row.due_on = max(examination.on, min(row.due_on, facts["due_on"]))
    row.save(update_fields=["examination", "items", "rank", "refer", "found_on", "due_on"])


def drop_step(row: AbnormalFollowUp, by: Actor, now: datetime, action: str) -> None:
    step = current_step(row, FOUND)
    if step is not None:
        close_step(step, by, now, action)


def close(row: AbnormalFollowUp, closing: str, note: str, by: Actor, now: datetime, action: str, on: date | None = None) -> None:
    row.state, row.closing, row.closing_note, row.closed_on = FollowState.CLOSED, closing, note, on or timezone.localdate(now)
    row.save(update_fields=["state", "closing", "closing_note", "closed_on"])
    drop_step(row, by, now, action)


def hand_over(by: Actor, record: HealthRecord, examination: Examination, judged: Judged, now: datetime) -> int:
    """Who may have high blood pressure or diabetes and is not under care for it goes to health's screening, as suspected. Answers how many."""
    programmes = suspected(judged.listed, judged.whom)
    for programme in programmes:
        screen(by, record, {"programme": programme, "found_on": examination.on, "grade": "", "verdict": "suspected", "confirmed_at": ""}, now)
    return len(programmes)


@in_chinese
def warn(row: AbnormalFollowUp | None, url: str, now: datetime) -> None:
    """The institution is told of what cannot wait; the words name neither the person nor the finding."""
    if row is not None and row.rank == 0:
        send("institution", row.region, _("体检发现一位居民的结果达到危急值，请马上联系并安排转诊。"), url, now, urgent=True)
