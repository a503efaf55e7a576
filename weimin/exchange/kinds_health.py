"""Care, visits, what is due and self-care: read from and written into the health room's tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.exchange import rules_parts  # noqa: F401  (the FHIR side of these kinds)
from weimin.exchange.kinds import Kind, Naming, Work, plain, register_kind
from weimin.exchange.rules_lines import Item
from weimin.exchange.rules_sound import care_faults, due_faults, self_care_faults, visit_faults
from weimin.health.models import CARE_MOVES, DUE_MOVES, Care, CareState, Due, HealthRecord, SelfCare, Visit, VisitOutcome
from weimin.referrals.models import Referral
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

CARE = (
    "programme", "state", "grade", "found_on", "confirmed_on", "confirmed_at", "since_on", "ended_on", "end_reason", "lost_on", "lost_reason", "target",
    "last_on", "last_outcome", "next_on", "next_from", "ordered_on", "ordered_since", "ordered_from", "anew_on",
)  # fmt: skip
VISIT = (
    "on", "way", "programmes", "systolic", "diastolic", "pulse", "weight", "fasting", "temperature", "risk", "findings", "medication", "doctor_name", "entered_at"
)  # fmt: skip
OUTCOME = ("programme", "on", "outcome", "refer", "emergency", "reasons", "next_on", "chosen_on", "standard_from")
DUE = ("kind", "programmes", "from_on", "due_on", "reason", "urgent", "state", "done_on", "on_time", "source")
SELF_CARE = ("on", "scores", "total", "grade", "assessed_by")


def rows_of(model: Any) -> Any:
    def rows(actor: Actor, record: HealthRecord) -> list[Any]:
        return list(model.objects.visible_to(actor).filter(record=record).order_by("pk"))

    return rows


def visits_of(actor: Actor, record: HealthRecord) -> list[Visit]:
    """With `said`: their outcomes, each with its care."""
    rows = list(Visit.objects.visible_to(actor).filter(record=record).order_by("pk"))
    said: dict[int, list[VisitOutcome]] = {}
    for one in VisitOutcome.objects.visible_to(actor).filter(visit__in=rows).select_related("care"):
        said.setdefault(one.visit_id, []).append(one)
    for row in rows:
        row.said = said.get(row.pk, [])  # type: ignore[attr-defined]
    return rows


def care_item(row: Care, naming: Naming) -> Item:
    """`ordered_by`: the referral whose hospital wants the next visit."""
    ordered_by = naming.identity("referral", Referral(pk=row.ordered_referral))["key"] if row.ordered_referral else ""
    return naming.identity("care", row) | plain(row, CARE) | naming.staff(row) | {"ordered_by": ordered_by}


def visit_item(row: Any, naming: Naming) -> Item:
    corrects = naming.identity("visit", row.corrects)["key"] if row.corrects_id else ""
    outcomes = [plain(one, OUTCOME) | {"care": naming.identity("care", one.care)["key"]} for one in row.said]
    return naming.identity("visit", row) | plain(row, VISIT) | {"corrects": corrects, "outcomes": sorted(outcomes, key=lambda one: one["care"])}


def due_item(row: Due, naming: Naming) -> Item:
    return naming.identity("due", row) | plain(row, DUE) | {"doctor": naming.staff(row)["doctor"]}


def self_care_item(row: SelfCare, naming: Naming) -> Item:
    return naming.identity("self_care", row) | plain(row, SELF_CARE)


def facts(item: Item, columns: Iterable[str]) -> dict[str, Any]:
    return {name: item[name] for name in columns}


def add_care(work: Work, item: Item) -> Care:
    check_alone(work, item["programme"], item["state"])
    doctor = work.record.doctor if item["state"] == CareState.MANAGED else None
    return Care.objects.create(region=work.record.region, record=work.record, institution=work.record.institution, doctor=doctor, **facts(item, CARE))


def check_alone(work: Work, programme: str, state: str, but: int = 0) -> None:
    """A programme is open once; a bundle that would open it twice is refused as a whole."""
    held = Care.objects.filter(record=work.record, programme=programme).exclude(state=CareState.ENDED).exclude(pk=but)
    if state != CareState.ENDED and held.exists():
        raise RuleBroken(
            _now("同一类管理“%(programme)s”会同时有两条，没有导入。") % {"programme": dict(Care._meta.get_field("programme").choices or [])[programme]}
        )


def change_care(work: Work, row: Care, values: Item, item: Item) -> Care:
    if "state" in values and (row.state, values["state"]) not in CARE_MOVES and row.state != values["state"]:
        raise RuleBroken(_now("“%(programme)s”现在是“%(state)s”，不能按来件改。") % {"programme": row, "state": row.get_state_display()})
    check_alone(work, row.programme, values.get("state", row.state), row.pk)
    return changed(row, values)


def changed(row: Any, values: Item) -> Any:
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    return row


def add_visit(work: Work, item: Item) -> Visit:
    """A visit as the source wrote it; who made it is no person of this place."""
    corrects = work.row(item["corrects"]) if item["corrects"] else None
    visit = Visit.objects.create(region=work.record.region, record=work.record, corrects=corrects, **facts(item, VISIT))
    write_outcomes(work, visit, item)
    return visit


def write_outcomes(work: Work, visit: Visit, item: Item) -> None:
    VisitOutcome.objects.bulk_create(
        VisitOutcome(region=visit.region, visit=visit, care=work.row(one["care"]), **facts(one, OUTCOME)) for one in item["outcomes"]
    )


def change_visit(work: Work, row: Visit, values: Item, item: Item) -> Visit:
    """Theirs takes the place of ours as a correction does: ours is kept."""
    visit = Visit.objects.create(region=row.region, record=work.record, corrects=row, **facts(item, VISIT))
    write_outcomes(work, visit, item)
    return visit


def add_due(work: Work, item: Item) -> Due:
    return Due.objects.create(region=work.record.region, record=work.record, doctor=work.record.doctor, **facts(item, DUE))


def change_due(work: Work, row: Due, values: Item, item: Item) -> Due:
    if "state" in values and (row.state, values["state"]) not in DUE_MOVES and row.state != values["state"]:
        raise RuleBroken(_now("“%(kind)s”现在是“%(state)s”，不能按来件改。") % {"kind": row, "state": row.get_state_display()})
    return changed(row, values)  # type: ignore[no-any-return]


def add_self_care(work: Work, item: Item) -> SelfCare:
    return SelfCare.objects.create(region=work.record.region, record=work.record, **facts(item, SELF_CARE))


def change_self_care(work: Work, row: SelfCare, values: Item, item: Item) -> SelfCare:
    return changed(row, values)  # type: ignore[no-any-return]


def about_care(item: Item) -> str:
    return str(dict(Care._meta.get_field("programme").choices or []).get(item["programme"], item["programme"]))


def about_day(item: Item) -> str:
    return day(item["on"])


def about_due(item: Item) -> str:
    return f"{dict(Due._meta.get_field('kind').choices or []).get(item['kind'], item['kind'])} {day(item['due_on'])}"


def day(on: date | None) -> str:
    return on.isoformat() if on else ""


register_kind(Kind("care", Care, _("重点管理"), CARE, rows_of(Care), care_item, add_care, change_care, care_faults, about_care))
register_kind(Kind("visit", Visit, _("随访"), VISIT, visits_of, visit_item, add_visit, change_visit, visit_faults, about_day))
register_kind(Kind("due", Due, _("应做服务"), DUE, rows_of(Due), due_item, add_due, change_due, due_faults, about_due))
register_kind(
    Kind(
        "self_care", SelfCare, _("生活自理能力评估"), SELF_CARE, rows_of(SelfCare), self_care_item, add_self_care, change_self_care, self_care_faults, about_day
    )
)
