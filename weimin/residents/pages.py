"""What the pages of one resident, one household and of transfers show; every read starts at what the actor may see."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weimin.actions.history import history_of
from weimin.regions.queries import names
from weimin.regions.rules import township_of
from weimin.residents.models import Duplicate, Household, LifeEvent, Membership, Merge, Resident, ResidentStatus, Transfer, Visit
from weimin.residents.panels import panels_of
from weimin.residents.queries import card_of, groups_of, members_of
from weimin.residents.rules_groups import age_on, bands_of
from weimin.residents.transferring import facts_of
from weimin.secrets.masking import mask
from weimin.ui.components.status import Event
from weimin.walls.actor import Actor

SHOWN = 20
STATUS_KINDS = {"living": "ok", "moved_out": "off", "dead": "off", "merged": "warn"}
TRANSFER_KINDS = {"sent": "warn", "accepted": "ok", "returned": "bad", "withdrawn": "off"}


def resident_parts(actor: Actor, resident: Resident, today: date) -> dict[str, Any]:
    """Everything on a resident's page; a fixed number of queries."""
    visits = Visit.objects.visible_to(actor).filter(resident=resident).order_by("-on", "-pk")[:SHOWN]
    merges = merges_of(actor, resident)
    return {
        "resident": resident, "card": card_of(actor, resident), "facts": facts_about(actor, resident, today),
        "kind": STATUS_KINDS[resident.status], "bands": bands_of(resident.birth_on, today) if resident.status == ResidentStatus.LIVING else [],
        "household": resident.household, "members": members_of(actor, resident.household_id) if resident.household_id else [],
        "groups": groups_of(actor).filter(resident=resident).order_by("until_on", "since_on", "pk"),
        "visits": list(visits), "life": life_line(actor, resident, merges),
        "twins": twins_of(actor, resident), "merges": [row for row in merges if row.undone_at is None],
        "waiting": Transfer.objects.visible_to(actor).filter(resident=resident, way="out", state="sent").first(),
        "events": history_of(actor, resident), "panels": panels_of(actor, resident),
    }  # fmt: skip


def facts_about(actor: Actor, resident: Resident, today: date) -> list[tuple[Any, Any]]:
    born = resident.birth_on.isoformat()
    age = _("%(born)s（%(age)d 岁）") % {"born": born, "age": age_on(resident.birth_on, today)}
    return [
        (_("登记编号"), resident.pk), (_("性别"), resident.get_gender_display()), (_("出生日期"), born if resident.status == ResidentStatus.DEAD else age),
        (_("民族"), resident.ethnicity), (_("婚姻状况"), resident.get_marital_display()), (_("文化程度"), resident.education),
        (_("职业"), resident.occupation), (_("登记依据"), resident.source),
    ]  # fmt: skip


def life_line(actor: Actor, resident: Resident, merges: list[Merge]) -> list[Event]:
    """Life events, households over time and what was merged or taken apart again, newest first."""
    events = [
        Event(
            row.on, str(row.get_kind_display()), row.recorded_by, "；".join([*([row.source] if row.source else []), *row.facts.get("lines", [])])
        )  # text: data
        for row in LifeEvent.objects.visible_to(actor).filter(resident=resident)
    ]
    lived = Membership.objects.visible_to(actor).filter(resident=resident, since_on__isnull=False).select_related("household")
    events += [Event(row.since_on, str(_("进入户 %(household)s") % {"household": row.household}), "", row.relation) for row in lived if row.since_on]
    for row in reversed(merges):
        other = row.gone if row.kept_id == resident.pk else row.kept
        if row.undone_at is not None:
            events.append(Event(timezone.localdate(row.undone_at), str(_("撤销合并")), row.undone_by, f"{other.name}（{other.pk}）"))  # text: data
        events.append(
            Event(timezone.localdate(row.merged_at), str(_("合并重复记录")), row.merged_by, f"{other.name}（{other.pk}）：{row.reason}")
        )  # text: data
    return sorted(events, key=lambda event: event.at.isoformat(), reverse=True)


def twins_of(actor: Actor, resident: Resident) -> list[Resident]:
    """Records of the same name, birth date and village; shown beside the button that merges."""
    rows = Resident.objects.visible_to(actor).exclude(status=ResidentStatus.MERGED).exclude(pk=resident.pk)
    return list(rows.filter(name=resident.name, place=resident.region, birth_on=resident.birth_on)[:5])


def merges_of(actor: Actor, resident: Resident) -> list[Merge]:
    """Records that went into this one, and where this one went; also what was taken apart again."""
    rows = Merge.objects.visible_to(actor).filter(Q(kept=resident) | Q(gone=resident))
    return list(rows.select_related("kept", "gone").order_by("pk"))


def household_parts(actor: Actor, household: Household, today: date) -> dict[str, Any]:
    known = names({household.region, township_of(household.region)})
    past = Membership.objects.visible_to(actor).filter(household=household, until_on__isnull=False).select_related("resident")
    members = [
        {"row": row, "age": age_on(row.birth_on, today), "id_number": mask("id_number", row.id_number or "", actor.role)}
        for row in members_of(actor, household.pk)
    ]
    return {
        "household": household, "village": known[household.region], "township": known[township_of(household.region)],
        "members": members, "past": past.order_by("-until_on", "-pk")[:SHOWN], "address": mask("address", household.address, actor.role),
        "events": history_of(actor, household),
    }  # fmt: skip


def open_pairs(actor: Actor) -> QuerySet[Duplicate]:
    return Duplicate.objects.visible_to(actor).filter(decided="").select_related("first", "second")


def pair_lines(actor: Actor, pairs: Any) -> list[dict[str, Any]]:
    """Two records side by side: what they have in common and what tells them apart."""
    rows = list(pairs)
    known = names({row.region for row in rows}) if rows else {}
    return [{"pair": row, "village": known[row.region], "two": [side(actor, row.first), side(actor, row.second)]} for row in rows]


def side(actor: Actor, resident: Resident) -> dict[str, Any]:
    return {
        "row": resident, "id_number": mask("id_number", resident.id_number or "", actor.role), "phone": mask("phone", resident.phone or "", actor.role),
        "address": mask("address", resident.address, actor.role),
    }  # fmt: skip


def get_transfer(actor: Actor, number: int) -> Transfer:
    return Transfer.objects.visible_to(actor).select_related("resident").get(pk=number)


def transfer_lines(actor: Actor, rows: Any) -> list[dict[str, Any]]:
    found = list(rows)
    known = names({code for row in found for code in (row.region, row.other_region)}) if found else {}
    return [{"row": row, "here": known[row.region], "there": known[row.other_region], "kind": TRANSFER_KINDS[row.state]} for row in found]


def transfer_parts(actor: Actor, row: Transfer) -> dict[str, Any]:
    """What came along, masked: enough to see whether it is the person at the window."""
    facts = facts_of(row)
    shown = [
        (_("姓名"), facts.get("name", row.name)), (_("出生日期"), facts.get("birth_on")),
        (_("证件号码"), mask("id_number", facts.get("id_number", ""), actor.role)), (_("联系电话"), mask("phone", facts.get("phone", ""), actor.role)),
    ]  # fmt: skip
    return {"line": transfer_lines(actor, [row])[0], "facts": shown if facts else [], "events": history_of(actor, row)}
