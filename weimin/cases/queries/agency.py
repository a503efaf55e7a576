"""Every read of agency: who may act for whom, whose papers are where, and what the resident sees of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from weimin.accounts.models import Person, Post
from weimin.accounts.queries import in_force
from weimin.cases.models import AgentChange, AgentChangeLine, Case, Errand, HandOver, HeldPaper, Mandate, MandateCase, MandateState
from weimin.cases.rules_mandate import Party, standing
from weimin.regions.queries import names
from weimin.residents.models import Resident
from weimin.secrets.cipher import hash_for
from weimin.secrets.masking import mask
from weimin.walls.actor import Actor

AGENT_ROLES = ("village", "window", "township")
STANDINGS = {"coming": "info", "active": "ok", "expired": "warn", "revoked": "off", "done": "off"}


@dataclass(frozen=True)
class Client:
    """Whom a mandate is written for: a resident of the register ("r12") or the applicant of a case ("c12")."""

    pk: str
    name: str
    id_number: str
    phone: str
    region: int
    resident: Resident | None = None
    case: Case | None = None

    def __str__(self) -> str:
        return f"{self.name}（{self.case.item_name}）" if self.case else self.name  # text: data


def client_of(actor: Actor, key: str) -> Client:
    """The client behind "r12" or "c12". DoesNotExist or ValueError for what is hidden or malformed."""
    kind, number = key[:1], int(key[1:])
    if kind == "c":
        case = Case.objects.visible_to(actor).select_for_update(of=("self",)).select_related("item_version", "applicant").get(pk=number)
        return Client(key, case.applicant_name, case.applicant_id_number or "", case.applicant_phone or "", case.region, case.applicant, case)
    if kind != "r":
        raise ValueError(key)
    resident = Resident.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=number, status="living")
    return Client(key, resident.name, resident.id_number or "", resident.phone or "", resident.region, resident)


def client_for_case(case: Case) -> Client:
    """The applicant of a case, as the target of a button."""
    return Client(f"c{case.pk}", case.applicant_name, case.applicant_id_number or "", "", case.region, None, case)


def resident_with(actor: Actor, id_number: str) -> Resident | None:
    """The living resident with this document in one's range, locked: whoever dies or is merged does so before or after."""
    return (
        Resident.objects.visible_to(actor).select_for_update().filter(id_lookup=hash_for("id_number", id_number), status="living").first()
        if id_number
        else None
    )


def agents(actor: Actor, on: date) -> list[tuple[int, str]]:
    """(person, name and post) of everybody who may act for residents of the range on a day: village clerks, window staff, township officers."""
    posts = Post.objects.visible_to(actor).filter(in_force(on), role__in=AGENT_ROLES, person__active=True).select_related("person").order_by("region", "pk")
    known = names({post.region for post in posts})
    found = {post.person_id: f"{post.person.name}（{known[post.region]} {post.title or post.get_role_display()}）" for post in posts}  # text: data
    return list(found.items())


def get_mandate(actor: Actor, number: Any) -> Mandate:
    """With the principal as far as the post may read the register. Mandate.DoesNotExist when hidden or missing."""
    return Mandate.objects.visible_to(actor).select_related("principal", "agent").get(pk=number)


def party_of(mandate: Mandate) -> Party:
    return Party(mandate.principal_name, bytes(mandate.principal_id_lookup or b""))


def applicant_of(case: Case) -> Party:
    return Party(case.applicant_name, bytes(case.applicant_id_lookup or b""))


def mandate_of(actor: Actor, case: Case) -> Mandate | None:
    """The mandate under which a case is done, whatever its state."""
    return Mandate.objects.visible_to(actor).filter(covered__case=case.pk).first()


def cases_of(actor: Actor, mandate: Mandate) -> list[Case]:
    return list(Case.objects.visible_to(actor).filter(mandated__mandate=mandate.pk).order_by("received_at", "pk"))


def papers_of(actor: Actor, mandate: Mandate) -> list[HeldPaper]:
    return list(HeldPaper.objects.visible_to(actor).filter(mandate=mandate.pk).order_by("pk"))


def errands_of(actor: Actor, mandate: Mandate) -> list[Errand]:
    return list(Errand.objects.visible_to(actor).filter(mandate=mandate.pk).select_related("case").order_by("planned_on", "pk"))


def hand_overs_of(actor: Actor, mandate: Mandate) -> list[HandOver]:
    return list(HandOver.objects.visible_to(actor).filter(mandate=mandate.pk).order_by("at", "pk"))


def open_errands(actor: Actor, mandate: Mandate) -> int:
    return Errand.objects.visible_to(actor).filter(mandate=mandate.pk, done_at__isnull=True).count()


def filter_mandates(actor: Actor, chosen: dict[str, str]) -> QuerySet[Mandate]:
    """Mandates by agent ("mine" or a person's number), state, and the beginning of the client's name; all optional."""
    rows = Mandate.objects.visible_to(actor)
    agent = chosen.get("agent", "")
    if agent == "mine":
        rows = rows.filter(agent=actor.person or 0)
    elif agent.isascii() and agent.isdigit() and len(agent) < 18:
        rows = rows.filter(agent=int(agent))
    if chosen.get("state") in MandateState.values:
        rows = rows.filter(state=chosen["state"])
    if text := chosen.get("text", "").replace("\x00", "").strip():
        rows = rows.filter(principal_name__prefix=text)
    return rows


def lines(actor: Actor, rows: Iterable[Mandate], on: date) -> list[dict[str, Any]]:
    """Clients as lists show them: what is where. Five queries whatever the number."""
    mandates = list(rows)
    covered: dict[int, list[Case]] = {}
    for link in MandateCase.objects.visible_to(actor).filter(mandate__in=mandates).select_related("case").order_by("pk"):
        covered.setdefault(link.mandate_id, []).append(link.case)
    held = held_counts(actor, mandates)
    errands = Counter(Errand.objects.visible_to(actor).filter(mandate__in=mandates, done_at__isnull=True).values_list("mandate_id", flat=True))
    known = names({row.region for row in mandates})
    return [
        {
            "client": row.principal_name, "url": reverse("cases:mandate", args=[row.pk]), "number": row.number, "agent": row.agent_name,
            "phone": mask("phone", row.principal_phone or "", actor.role), "village": known[row.region], "items": "、".join(row.items.values()),  # text: data
            "cases": "；".join(f"{case.item_name}：{case.get_state_display()}" for case in covered.get(row.pk, [])),  # text: data
            "papers": held.get(row.pk, 0), "errands": errands[row.pk], "until": row.until_on, "standing": standing_tag(row, on),
        }
        for row in mandates
    ]  # fmt: skip


def held_counts(actor: Actor, mandates: list[Mandate]) -> dict[int, int]:
    """mandate → sheets that the agent still holds."""
    rows = HeldPaper.objects.visible_to(actor).filter(mandate__in=mandates, returned__lt=F("count"))
    return dict(rows.values_list("mandate_id").annotate(sheets=Sum(F("count") - F("returned"))).order_by())


def standing_tag(mandate: Mandate, on: date) -> tuple[str, str]:
    found = standing(mandate.state, mandate.starts_on, mandate.until_on, on)
    words = {"coming": _("未开始"), "active": _("有效"), "expired": _("已到期"), "revoked": _("已撤销"), "done": _("已办结")}
    return words[found], STANDINGS[found]


def agents_with_clients(actor: Actor) -> list[dict[str, Any]]:
    """Agents of the range with open mandates, busiest first. Two queries."""
    active = Mandate.objects.visible_to(actor).filter(state="active", agent__isnull=False)
    counted = dict(active.values_list("agent").annotate(number=Count("pk")).order_by())
    people = Person.objects.filter(pk__in=counted).order_by("pk")
    return sorted(({"person": person, "clients": counted[person.pk]} for person in people), key=lambda row: (-row["clients"], row["person"].pk))


def latest_changes(actor: Actor) -> list[AgentChange]:
    """The last hand-overs of clients, for the list that both sign."""
    return list(AgentChange.objects.visible_to(actor).select_related("before", "after").order_by("-pk")[:5])


def active_of(actor: Actor, person: int) -> list[Mandate]:
    """The open mandates of an agent inside the range."""
    return list(Mandate.objects.visible_to(actor).filter(state="active", agent=person).order_by("pk"))


def other_clients(actor: Actor, mandate: Mandate) -> int:
    """How many other people the same agent acts for now; the page warns of mixing them."""
    if mandate.agent_id is None:
        return 0
    others = Mandate.objects.visible_to(actor).filter(state="active", agent=mandate.agent_id).exclude(principal_id_lookup=mandate.principal_id_lookup)
    return others.values("principal_id_lookup").distinct().count()


@dataclass(frozen=True)
class Act:
    """One thing that was done for a resident, as the progress page tells it."""

    at: datetime
    who: str
    what: str


def acts_for_resident(actor: Actor, case: Case) -> list[Act]:
    """Everything that an agent did for the applicant under the case's mandate, oldest first; none without a mandate. Six queries at most."""
    link = MandateCase.objects.visible_to(actor).filter(case=case.pk).select_related("mandate").first()
    if link is None:
        return []
    acts = [*acts_of_mandate(actor, link.mandate, case.pk), Act(link.attached_at, link.attached_by, _("把这个办件列入代办"))]
    return sorted(acts, key=lambda act: act.at)


def acts_of_mandate(actor: Actor, mandate: Mandate, case: int | None = None) -> list[Act]:
    """What was done under a mandate; with a case, errands of other cases are left out. Oldest first."""
    acts = [Act(mandate.written_at, mandate.written_by, _("登记委托，代办人是%(agent)s") % {"agent": mandate.agent_name})]
    errands = Errand.objects.visible_to(actor).filter(mandate=mandate.pk)
    for errand in errands.filter(Q(case__isnull=True) | Q(case=case)) if case else errands:
        acts.append(Act(errand.added_at, errand.added_by, _("安排跑腿：%(what)s（%(place)s）") % {"what": errand.what, "place": errand.place}))
        if errand.done_at:
            acts.append(Act(errand.done_at, errand.done_by, _("%(what)s：%(result)s") % {"what": errand.what, "result": errand.result}))
    acts += [act_of_hand_over(row) for row in HandOver.objects.visible_to(actor).filter(mandate=mandate.pk)]
    for line in AgentChangeLine.objects.visible_to(actor).filter(mandate=mandate.pk).select_related("change__before", "change__after"):
        change: AgentChange = line.change
        acts.append(Act(change.at, change.by, _("代办人由%(before)s换成%(after)s") % {"before": change.before.name, "after": change.after.name}))
    if mandate.ended_at:
        acts.append(Act(mandate.ended_at, mandate.ended_by, _("撤销委托") if mandate.state == "revoked" else _("代办办结")))
    return sorted(acts, key=lambda act: act.at)


def act_of_hand_over(row: HandOver) -> Act:
    listed = "、".join(f"{line['name']}×{line['count']}" for line in row.lines)  # text: data
    words = _("收取材料：%(listed)s") if row.kind == "collect" else _("交还材料：%(listed)s")
    return Act(row.at, row.by, words % {"listed": listed})
