"""Money as it stands: budgets, what each township has, payments with the trace behind each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Prefetch, QuerySet, Sum

from weimin.buildout.models import (
    Acceptance,
    Allocation,
    Budget,
    Consequence,
    Disbursement,
    Invoice,
    Plan,
    Project,
    Quota,
)
from weimin.buildout.plan.schema import Subsidy
from weimin.buildout.rules_money import subsidy_for, worth_of
from weimin.flows.models import Step
from weimin.regions.queries import flagged, names
from weimin.regions.rules import range_of
from weimin.walls.actor import Actor, system_actor
from weimin.walls.session import entered


def key_townships(plan: Plan) -> set[int]:
    """Townships flagged as key (重点乡镇) on the day the plan was issued."""
    low, high = range_of(plan.region)
    return {code for code, value in flagged(low, high, "key_township", plan.issued_on).items() if value}


def subsidy_of(project: Project) -> Subsidy | None:
    """The standard that pays for a project; None when the plan pays nothing for such a site."""
    content = project.plan.content
    if not content.subsidies_of(project.tier):
        return None
    return subsidy_for(content, project.tier, project.township in key_townships(project.plan))


def valid_invoices(project: Project) -> QuerySet[Invoice]:
    return Invoice.objects.filter(project=project, voided_at__isnull=True)


def passed_acceptance(project: Project) -> Acceptance | None:
    """The latest round that ended with 合格."""
    return Acceptance.objects.filter(project=project, outcome="passed").order_by("-round").first()


def allocations_with(project: Project, subsidy: Subsidy, amount_fen: int) -> list[Allocation]:
    """Allocations of the project's township under its standard that still hold the amount, oldest first."""
    rows = Allocation.objects.filter(budget__plan=project.plan_id, budget__key=subsidy.key, region=project.township)
    enough = rows.filter(amount_fen__gte=F("disbursed_fen") + F("withdrawn_fen") + amount_fen)
    return list(enough.order_by("allocated_at", "pk"))


@dataclass(frozen=True)
class InvoiceUse:
    """Where an invoice number is in use already, whoever may see it."""

    region: int
    place: str
    site: str


def invoice_use(number: str) -> InvoiceUse | None:
    """The use of a number in the whole jurisdiction: the one thing that a township learns about another's invoices."""
    with entered(system_actor()):
        row = Invoice.objects.filter(number=number, voided_at__isnull=True).select_related("project").first()
    if row is None:
        return None
    return InvoiceUse(row.region, names([row.project.township])[row.project.township], row.project.name)


def voucher_used(voucher: str) -> bool:
    """Whether a voucher number paid for something already, a subsidy or a reward."""
    with entered(system_actor()):
        return Disbursement.objects.filter(voucher=voucher).exists() or Consequence.objects.filter(voucher=voucher).exists()


@dataclass
class TownshipMoney:
    """One township under one budget: its sites, what they are worth, what it was given, what was paid."""

    code: int
    name: str = ""
    projects: int = 0
    quota: int = 0
    worth_fen: int = 0
    allocated_fen: int = 0
    disbursed_fen: int = 0

    @property
    def left_fen(self) -> int:
        """Given and not paid out yet."""
        return self.allocated_fen - self.disbursed_fen

    @property
    def open_fen(self) -> int:
        """Can still be given."""
        return max(0, self.worth_fen - self.allocated_fen)


def township_money(actor: Actor, plan: Plan, budgets: Iterable[Budget]) -> dict[int, list[TownshipMoney]]:
    """Budget → its townships in the actor's range, by code; six queries whatever their number."""
    keys, counted, quotas = key_townships(plan), sites_by_township(actor, plan), quotas_by_township(actor, plan)
    given = allocated_by_township(actor, plan)
    known = names({code for _tier, code in (*counted, *quotas)} | {code for _budget, code in given})
    found: dict[int, list[TownshipMoney]] = {}
    for budget in budgets:
        codes = {code for tier, code in (*counted, *quotas) if tier == budget.tier and in_class(budget, code, keys)}
        codes |= {code for number, code in given if number == budget.pk}
        found[budget.pk] = [
            one_township(budget, code, known[code], counted[budget.tier, code], quotas[budget.tier, code], given[budget.pk, code]) for code in sorted(codes)
        ]
    return found


def one_township(budget: Budget, code: int, name: str, projects: int, quota: int, given: tuple[int, int]) -> TownshipMoney:
    worth = worth_of(budget.standard_fen, projects, quota)
    return TownshipMoney(code, name, projects, quota, worth, *given)


def in_class(budget: Budget, township: int, keys: set[int]) -> bool:
    return budget.township_class == "any" or (budget.township_class == "key") == (township in keys)


def sites_by_township(actor: Actor, plan: Plan) -> dict[tuple[str, int], int]:
    """(tier, township) → projects that a subsidy may pay for: not closed, not standing before the plan."""
    rows = Project.objects.visible_to(actor).filter(plan=plan).exclude(state="closed").exclude(site__existing=True)
    return defaultdict(int, {(tier, code): number for tier, code, number in rows.values_list("tier", "township").annotate(Count("pk"))})


def quotas_by_township(actor: Actor, plan: Plan) -> dict[tuple[str, int], int]:
    rows = Quota.objects.visible_to(actor).filter(plan=plan).values_list("tier", "region", "wanted")
    return defaultdict(int, {(tier, code): wanted for tier, code, wanted in rows})


def allocated_by_township(actor: Actor, plan: Plan) -> dict[tuple[int, int], tuple[int, int]]:
    """(budget, township) → (allocated less withdrawn, disbursed)."""
    rows = Allocation.objects.visible_to(actor).filter(budget__plan=plan).values_list("budget_id", "region")
    sums = rows.annotate(Sum("amount_fen"), Sum("withdrawn_fen"), Sum("disbursed_fen"))
    return defaultdict(lambda: (0, 0), {(budget, code): (given - back, paid) for budget, code, given, back, paid in sums})


def filter_allocations(actor: Actor, plan: Plan, chosen: dict[str, str]) -> QuerySet[Allocation]:
    """Documents by which money went to townships; `chosen` has budget, township, text (all optional)."""
    rows = Allocation.objects.visible_to(actor).filter(budget__plan=plan).select_related("budget")
    if chosen.get("budget"):
        rows = rows.filter(budget__key=chosen["budget"])
    if chosen.get("township", "").isdecimal():
        rows = rows.filter(region=int(chosen["township"]))
    return rows.filter(document_number__contains=chosen["text"]) if chosen.get("text") else rows


def filter_payments(actor: Actor, plan: Plan, chosen: dict[str, str]) -> QuerySet[Disbursement]:
    """Payments for sites with everything behind them; `chosen` has budget, township, text (all optional)."""
    rows = Disbursement.objects.visible_to(actor).filter(project__plan=plan)
    if chosen.get("budget"):
        rows = rows.filter(allocation__budget__key=chosen["budget"])
    if chosen.get("township", "").isdecimal():
        rows = rows.filter(project__township=int(chosen["township"]))
    if chosen.get("text"):
        rows = rows.filter(voucher__prefix=chosen["text"])
    valid = Invoice.objects.visible_to(actor).filter(voided_at__isnull=True).order_by("issued_on", "pk")
    return rows.select_related("project", "acceptance", "allocation__budget").prefetch_related(Prefetch("project__invoices", valid))


def filter_rewards(actor: Actor, plan: Plan, chosen: dict[str, str]) -> QuerySet[Consequence]:
    """Rewards that were decided with an amount, paid or to be paid."""
    rows = Consequence.objects.visible_to(actor).filter(project__plan=plan, kind="reward", state="decided", amount_fen__isnull=False)
    if chosen.get("township", "").isdecimal():
        rows = rows.filter(project__township=int(chosen["township"]))
    if chosen.get("text"):
        rows = rows.filter(voucher__prefix=chosen["text"])
    return rows.select_related("project")


def paying_steps(actor: Actor, projects: Iterable[int]) -> dict[int, Step]:
    """Project → the closed step by which it was paid."""
    rows = Step.objects.visible_to(actor).filter(subject_type="buildout.project", subject_id__in=list(projects), outcome="buildout.disburse")
    return {row.subject_id: row for row in rows}


@dataclass(frozen=True)
class Trace:
    """One payment with what it rests on: site, step, invoices, acceptance, allocation."""

    row: Disbursement
    township: str
    step: Step | None

    @property
    def invoices(self) -> list[Invoice]:
        return list(self.row.project.invoices.all())


def traces(actor: Actor, rows: Iterable[Disbursement]) -> list[Trace]:
    """The traces of a page of payments; two queries more whatever their number."""
    found = list(rows)
    known = names({row.project.township for row in found})
    steps = paying_steps(actor, [row.project_id for row in found])
    return [Trace(row, known[row.project.township], steps.get(row.project_id)) for row in found]


@dataclass(frozen=True)
class Totals:
    """Sums in fen of what the actor sees, and whether they are the budgets' own columns."""

    allocated_fen: int
    disbursed_fen: int
    paid_fen: int
    agree: bool


def totals(actor: Actor, plan: Plan, budgets: list[Budget]) -> Totals:
    """Adds up the documents and the payments one by one and compares: budget = its allocations, allocation = its payments."""
    given = allocated_by_township(actor, plan)
    allocated, disbursed = sum(pair[0] for pair in given.values()), sum(pair[1] for pair in given.values())
    paid = Disbursement.objects.visible_to(actor).filter(project__plan=plan).aggregate(sum=Sum("amount_fen"))["sum"] or 0
    whole = not actor.covers(plan.region) or allocated == sum(row.allocated_fen for row in budgets) and disbursed == sum(row.disbursed_fen for row in budgets)
    return Totals(allocated, disbursed, paid, whole and disbursed == paid)


def facts_for(project: Project) -> dict[str, Any]:
    """What the project page says of its money besides the payment: standard, what its township has left of it."""
    subsidy = subsidy_of(project)
    if subsidy is None:
        return {"subsidy": None, "given": []}
    return {
        "subsidy": subsidy,
        "given": list(Allocation.objects.filter(budget__plan=project.plan_id, budget__key=subsidy.key, region=project.township).order_by("pk")),
    }
