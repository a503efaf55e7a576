"""A later visit reads otherwise since an earlier one was entered, corrected or brought in: the trail says why and what, and the doctor is told of
what has become due. What people did about it before stays as it is (decision 13)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.health.flow import record_url
from weimin.health.judging import Turned
from weimin.health.models import HealthRecord
from weimin.messages.sending import send
from weimin.secrets.masking import mask
from weimin.trail.labels import named
from weimin.trail.record import record as note
from weimin.ui.language import in_chinese
from weimin.walls.actor import Actor

ENTRY = "health.rejudge"
named(ENTRY, gettext_lazy("重新判断随访"))


def by_day(turned: Iterable[Turned]) -> dict[date, list[Turned]]:
    """A visit is one, for however many diseases it was judged."""
    days: dict[date, list[Turned]] = {}
    for one in sorted(turned, key=lambda one: one.old.on):
        days.setdefault(one.old.on, []).append(one)
    return days


def facts(rows: list[Turned], name: str) -> dict[str, Any]:
    links = [getattr(row, name) for row in rows]
    return {"visit": str(links[0].on), "refer": any(link.refer for link in links), "next_on": str(min(link.next_on for link in links))}


def words(rows: list[Turned]) -> str:
    """What became of one visit; no illness, for the trail is read by posts without the purpose too."""
    old, new = facts(rows, "old"), facts(rows, "new")
    if new["refer"] != old["refer"]:
        said = _("改为建议转诊") if new["refer"] else _("不再建议转诊，已经办的转诊不变")
    elif new["next_on"] != old["next_on"]:
        said = _("下次随访改为 %(day)s") % {"day": new["next_on"]}
    else:
        said = _("依据有变化")
    return _("%(day)s 的随访重新判断：%(said)s。") % {"day": new["visit"], "said": said}


def sentences(turned: Iterable[Turned]) -> str:
    """For whoever entered the earlier visit."""
    return "".join(words(rows) for rows in by_day(turned).values())


@in_chinese
def tell(by: Actor, record: HealthRecord, turned: Sequence[Turned], why: Any, on: date, now: datetime) -> None:
    """`why`: a lazy sentence with the `day` of the visit that came, `on`."""
    for rows in by_day(turned).values():
        before, after = facts(rows, "old"), {"name": mask("name", record.resident.name, "public")} | facts(rows, "new")
        subject: dict[str, Any] = {"subject_type": HealthRecord._meta.label_lower, "subject_id": record.pk, "region": record.region}
        note(by, ENTRY, **subject, now=now, before=before, after=after, reason=str(why) % {"day": on} + words(rows))
    if now_due(turned):
        text = _("因为补录或更正了较早的随访，一位居民最近一次随访改为建议转诊，请两周内转诊并追踪结果。")
        send(record.doctor or "doctor", record.region, text, f"{record_url(record.pk)}#referrals", now)


def now_due(turned: Iterable[Turned]) -> bool:
    """The latest visit asks for a referral that it did not ask for before."""
    return any(one.new.refer and not one.old.refer and one.new.on == one.care.last_on for one in turned)
