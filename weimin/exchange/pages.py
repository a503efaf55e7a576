"""What the pages of exchanges show, put together; no query of its own beyond names of places."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from weimin.exchange.elsewhere import lines_of
from weimin.exchange.kinds import KINDS
from weimin.exchange.matching import BY_NUMBER
from weimin.exchange.models import Exchange
from weimin.exchange.reviewing import Review
from weimin.exchange.rules_lines import Item
from weimin.exchange.rules_plan import DIFFERS, NEW, REFUSED, SAME, Plan, Row
from weimin.exchange.showing import register_label
from weimin.residents.models import Resident
from weimin.residents.queries import cards_of
from weimin.secrets.masking import mask
from weimin.walls.actor import Actor

STATUSES = (NEW, SAME, DIFFERS, REFUSED)
MOST = 50


def facts_of(row: Exchange) -> list[tuple[str, Any]]:
    """The facts of an exchange as (label, value)."""
    bundle = row.bundle.rpartition("|")[2]
    facts = [
        (_("来源机构") if row.way == "in" else _("移交机构"), row.institution), (_("办理人"), f"{row.person_name} · {row.post_label}".strip(" ·")),
        (_("理由"), row.reason), (_("FHIR 版本"), row.get_release_display()), (_("数据包编号"), bundle),
        (_("证件号码和电话"), _("完整") if row.full else _("已遮盖")), (_("大小"), _("%(size)d KB") % {"size": -(-row.size // 1024)}),
    ]  # fmt: skip
    if row.applied_at:
        facts.append((_("导入人"), row.applied_by))
    return [(label, value) for label, value in facts if value]


def review_lines(actor: Actor, review: Review | None) -> dict[str, Any]:
    """Who it is, part by part how many of what, what is new by name, what stays out."""
    if review is None:
        return {}
    person, match = review.content.person, review.match
    shown = {
        "person": person_lines(actor, person), "by_number": match.by == BY_NUMBER, "people": people(actor, match.people, review.resident), "resident": review.resident,
        "left": [f"{kind} {count}" for kind, count in review.content.left.items()], "source": review.content.source,
    }  # fmt: skip
    if review.compared is None:
        return shown
    plan = review.compared.plan
    elsewhere = lines_of(actor, review.compared.record, review.content.elsewhere)
    return shown | {
        "elsewhere": elsewhere, "foreign": review.content.foreign, "against": sum(bool(row["against"]) for row in elsewhere),
        "record": review.compared.record, "counts": count_rows(plan), "new": names_of(plan, NEW), "refused": names_of(plan, REFUSED), "fills": len(plan.fills),
        "differs": [str(register_label(name)) for name in plan.differs], "former": [row["number"] for row in plan.former], "conflicts": len(plan.conflicts),
        "nothing": not any(row.status in (NEW, DIFFERS) for row in plan.rows) and not plan.fills and not plan.personal and not plan.former and not elsewhere,
    }  # fmt: skip


def person_lines(actor: Actor, person: Item) -> list[tuple[str, Any]]:
    """Who the bundle says it is, identifiers masked for the post."""
    gender = dict(Resident._meta.get_field("gender").choices or []).get(person.get("gender"), "")
    number = mask("id_number", person.get("id_number") or "", actor.role) or (_("已遮盖") if person.get("masked") else "")
    rows = [
        (_("姓名"), person.get("name")), (_("性别"), gender), (_("出生日期"), person.get("birth_on")), (_("证件号码"), number),
        (_("联系电话"), mask("phone", person.get("phone") or "", actor.role)), (_("原档案编号"), person.get("number")),
    ]  # fmt: skip
    return [(label, value) for label, value in rows if value]


def people(actor: Actor, residents: list[Resident], chosen: Resident | None) -> list[dict[str, Any]]:
    return [card | {"chosen": chosen is not None and card["pk"] == chosen.pk} for card in cards_of(actor, residents)]


def count_rows(plan: Plan) -> list[dict[str, Any]]:
    """One line for each part: how many are new, here already, different, left out."""
    return [{"part": KINDS[part].label, **{status: found.get(status, 0) for status in STATUSES}} for part, found in plan.counts.items()]


def names_of(plan: Plan, status: str) -> list[str]:
    rows = [row for row in plan.rows if row.status == status]
    return [said(row) for row in rows[:MOST]] + ([_("还有 %(count)d 条") % {"count": len(rows) - MOST}] if len(rows) > MOST else [])


def said(row: Row) -> str:
    kind = KINDS[row.part]
    return f"{kind.label} {kind.about(row.theirs)}"
