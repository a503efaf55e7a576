"""The mandate (委托书): written, cases put under it, revoked at any time, closed when everything is back (S4, C-24)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.accounts.models import Person
from weimin.actions.registry import Outcome, register
from weimin.attachments.attaching import attach
from weimin.attachments.queries import attachments_of
from weimin.calendars.clock import ZONE
from weimin.cases.forms_agency import AttachCase, EndMandate, FinishMandate, WriteMandate
from weimin.cases.models import Case, Errand, Mandate, MandateCase
from weimin.cases.queries.agency import Client, applicant_of, cases_of, client_of, open_errands, papers_of, party_of
from weimin.cases.rules_mandate import (
    CLERK,
    Held,
    Party,
    Terms,
    check_all_returned,
    check_open_errands,
    check_power,
    check_same_client,
    check_standing,
    check_terms,
)
from weimin.cases.rules_number import number_of
from weimin.messages.sending import send
from weimin.residents.rules import facts_of_id_number
from weimin.secrets.cipher import hash_for
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

CLERKS = ("window", "village", "township")
FILES = {"signature": "photo", "signed_paper": "photo", "photo": "photo"}
CLIENT_PAGE = "cases/act_client.html"


def find_client(actor: Actor, key: Any) -> Client | None:
    """The client of the page that one came from; none when somebody is typed in."""
    return client_of(actor, str(key)) if key else None


def find_mandate(actor: Actor, pk: Any) -> Mandate:
    """The locked mandate with what the page shows of the client: who it is, and the photo."""
    found = Mandate.objects.visible_to(actor).select_for_update(of=("self",)).select_related("principal").get(pk=pk)
    found.face = attachments_of(actor, "cases.mandate", found.pk, "photo").last()  # type: ignore[attr-defined]  # for the page only
    return found


def where(target: Any, data: dict[str, Any]) -> int:
    return int(target.region)


def page_of(mandate: Mandate) -> str:
    return reverse("cases:mandate", args=[mandate.pk])


def next_mandate_number(prefix: str, region: int, now: datetime) -> str:
    """WT for a mandate, YJ for a hand-over of clients; a sequence of the jurisdiction, gaps allowed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cases_mandate_serial')")
        (serial,) = cursor.fetchone()
    return prefix + number_of(region, now.astimezone(ZONE).date(), serial)


def terms_of(client: Client, data: dict[str, Any]) -> Terms:
    agent_id = data["agent_id_number"].replace(" ", "").upper()
    facts = facts_of_id_number(agent_id)
    agent = Party(data["agent_name"], hash_for("id_number", agent_id) if agent_id else b"", facts.birth_on if facts else None)
    return Terms(
        Party(client.name, hash_for("id_number", client.id_number) if client.id_number else b""), agent, data["agent_kind"], data["starts_on"],
        data["until_on"], tuple(data["contents"]), frozenset(data["powers"]), data["relation"], data["evidence"],
    )  # fmt: skip


def check_client(client: Client | None, actor: Actor, now: datetime) -> None:
    if client is None:
        return
    if not client.id_number:
        raise RuleBroken(_now("没有登记证件号码的，不能签委托书；请先补登证件号码。"))
    if client.case is not None:
        if not client.case.is_open:
            raise RuleBroken(_now("这个办件已经办结，不用再代办。"))
        if MandateCase.objects.filter(case=client.case.pk).exists():
            raise RuleBroken(_now("这个办件已经有一份委托。"))


@register(
    "cases.write_mandate", label=_("签代办委托书"), form=WriteMandate, roles=CLERKS, find=find_client, region=lambda target, data: data["region"],
    check=check_client, keeps_draft=False,
)  # fmt: skip
def write_mandate(by: Actor, target: Client | None, data: dict[str, Any], now: datetime) -> Outcome:
    """登记居民的书面委托：谁委托、谁代办、哪些事项、做什么、到什么时候，并留下凭据。"""
    client: Client = data["client"]
    terms = terms_of(client, data)
    check_terms(terms)
    clerk = Person.objects.get(pk=data["agent"]) if data["agent_kind"] == CLERK else None
    mandate = Mandate.objects.create(
        region=client.region, number=next_mandate_number("WT", client.region, now), principal=client.resident, principal_name=client.name,
        principal_id_number=client.id_number, principal_phone=client.phone or None, agent_kind=data["agent_kind"], agent=clerk,
        agent_name=clerk.name if clerk else data["agent_name"], agent_id_number=None if clerk else data["agent_id_number"].replace(" ", "").upper(),
        agent_phone=None if clerk else data["agent_phone"] or None, relation=data["relation"], items={row.code: row.name for row in terms.items},
        powers=sorted(terms.powers), evidence=sorted(terms.evidence), starts_on=terms.starts_on, until_on=terms.until_on, note=data["note"],
        written_by=by.name, written_at=now,
    )  # fmt: skip
    for name, kind in FILES.items():
        if data.get(name):
            attach(by, data[name], subject_type="cases.mandate", subject_id=mandate.pk, region=mandate.region, kind=kind, now=now)
    if client.case is not None:
        put_under(mandate, client.case, by, now)
    after = {"number": mandate.number, "agent_name": mandate.agent_name, "items": list(mandate.items.values()), "until_on": mandate.until_on.isoformat()}
    return Outcome(mandate, after=after, message=_now("委托书已登记。"), next_url=page_of(mandate), pressing=True)


def put_under(mandate: Mandate, case: Case, by: Actor, now: datetime) -> None:
    """Puts a case under a mandate. RuleBroken when it is somebody else's or of another item."""
    check_same_client(party_of(mandate), applicant_of(case))
    if case.item_code not in mandate.items:
        raise RuleBroken(_now("委托书没有写“%(item)s”，不能代办。") % {"item": case.item_name})
    MandateCase.objects.create(mandate=mandate, case=case, region=case.region, attached_by=by.name, attached_at=now)


def file_under(mandate: Mandate, case: Case, by: Actor, now: datetime) -> None:
    """A case that the agent files: the mandate is in force, says so, and names the item; then the case is put under it."""
    check_in_force(mandate, by, now)
    check_power("submit", mandate.powers)
    put_under(mandate, case, by, now)


def check_in_force(mandate: Mandate, actor: Actor, now: datetime) -> None:
    check_standing(mandate.state, mandate.starts_on, mandate.until_on, now.astimezone(ZONE).date())


@register(
    "cases.attach_case", label=_("把办件列入代办"), form=AttachCase, roles=CLERKS, find=find_mandate, region=where, check=check_in_force,
    template=CLIENT_PAGE,
)  # fmt: skip
def attach_case(by: Actor, mandate: Mandate, data: dict[str, Any], now: datetime) -> Outcome:
    """把委托人自己的一个办件列入这份委托；别人的办件列不进来。"""
    case = Case.objects.visible_to(by).select_for_update().filter(number=data["number"]).first()
    if case is None:
        raise RuleBroken(_now("没有这个编号的办件，请核对。"))
    if MandateCase.objects.filter(case=case).exists():
        raise RuleBroken(_now("这个办件已经有一份委托。"))
    put_under(mandate, case, by, now)
    return Outcome(mandate, after={"case": case.number}, message=_now("已列入代办。"), next_url=page_of(mandate))


def check_active(mandate: Mandate, actor: Actor, now: datetime) -> None:
    if mandate.state != "active":
        raise RuleBroken(_now("这份委托已经结束。"))


@register("cases.revoke_mandate", label=_("撤销委托"), form=EndMandate, roles=CLERKS, find=find_mandate, region=where, check=check_active, template=CLIENT_PAGE)  # fmt: skip
def revoke_mandate(by: Actor, mandate: Mandate, data: dict[str, Any], now: datetime) -> Outcome:
    """委托人随时可以撤销委托；撤销以后代办人不能再办，手里的材料要交还。"""
    end(mandate, "revoked", data["reason"], by, now)
    drop_errands(by, mandate, by, now)
    if mandate.agent_id:
        text = _now("%(client)s撤销了代办委托，请停止代办并交还材料。") % {"client": mandate.principal_name}
        send(mandate.agent_id, mandate.region, text, page_of(mandate), now)
    return Outcome(
        mandate, before={"state": "active"}, after={"state": "revoked"}, message=_now("委托已撤销。"), reason=data["reason"], next_url=page_of(mandate)
    )  # fmt: skip


def end(mandate: Mandate, state: str, reason: str, by: Actor, now: datetime) -> None:
    mandate.state, mandate.ended_at, mandate.ended_by, mandate.end_reason = state, now, by.name or by.role, reason
    mandate.save(update_fields=["state", "ended_at", "ended_by", "end_reason"])


def drop_errands(actor: Actor, mandate: Mandate, by: Actor, now: datetime) -> None:
    """The ways that are left are not gone any more. actor: whose range is looked at."""
    left = Errand.objects.visible_to(actor).filter(mandate=mandate.pk, done_at__isnull=True)
    left.update(done_at=now, done_by=by.name or by.role, result=_now("委托已撤销，不再办理"))


def check_finishable(mandate: Mandate, actor: Actor, now: datetime) -> None:
    """Everything done: no errand open, no original in the agent's hands, no case on the way."""
    check_active(mandate, actor, now)
    check_open_errands(open_errands(actor, mandate))
    check_all_returned(Held(row.name, row.count, row.original, row.returned) for row in papers_of(actor, mandate))
    running = [case.number for case in cases_of(actor, mandate) if case.is_open]
    if running:
        raise RuleBroken(_now("还有办件没有办结：%(numbers)s。") % {"numbers": "、".join(running)})  # text: data


@register("cases.finish_mandate", label=_("代办办结"), form=FinishMandate, roles=CLERKS, find=find_mandate, region=where, check=check_finishable, template=CLIENT_PAGE)  # fmt: skip
def finish_mandate(by: Actor, mandate: Mandate, data: dict[str, Any], now: datetime) -> Outcome:
    """事情办完、材料交还以后，办结这份委托，登记回访情况。"""
    end(mandate, "done", data["note"], by, now)
    return Outcome(mandate, before={"state": "active"}, after={"state": "done"}, message=_now("代办已办结。"), reason=data["note"], next_url=page_of(mandate))
