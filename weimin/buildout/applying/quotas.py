"""Coverage rules: how many stations each township has to propose."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.utils.translation import gettext as _

from weimin.buildout.applying.document import upsert
from weimin.buildout.flow import QUOTA
from weimin.buildout.models import Plan, Quota
from weimin.buildout.plan.arithmetic import wanted_sites
from weimin.buildout.plan.schedule import batch_of
from weimin.buildout.plan.schema import Plan as PlanData
from weimin.buildout.rules import desk_for, share_out
from weimin.flows.models import Step
from weimin.flows.steps import new_step
from weimin.regions.queries import Geography
from weimin.regions.rules import township_of


def store_quotas(plan: Plan, data: PlanData, places: Geography, now: datetime) -> int:
    """Per township how many stations it has to propose, with one step until the day the plan sets for proposals."""
    rows = []
    for key, codes in wanted_sites(data, places).items():
        tier = data.tier(key)
        if tier.build and tier.where.rule == "coverage":
            villages, must = Counter(map(township_of, codes.codes)), Counter(map(township_of, codes.must))
            shares = share_out(codes.count, dict(villages), dict(must))
            rows += [Quota(plan=plan, tier=key, region=code, wanted=number, villages=villages[code]) for code, number in shares.items()]
    upsert(Quota, rows, ["plan", "tier", "region"], ["wanted", "villages"])
    open_quota_steps(plan, data, places, now)
    return len(rows)


def open_quota_steps(plan: Plan, data: PlanData, places: Geography, now: datetime) -> None:
    quotas = list(Quota.objects.filter(plan=plan, wanted__gt=0))
    busy = set(Step.objects.filter(subject_type="buildout.quota", subject_id__in=[row.pk for row in quotas]).values_list("subject_id", flat=True))
    steps = []
    for row in quotas:
        desk = desk_for(data, row.tier, "wanted", batch_of(data, row.tier, row.region), None)
        if row.pk not in busy and desk is not None:
            title = _("%(place)s：提出%(number)d个%(tier)s站址") % {
                "place": places.names.get(row.region, row.region), "number": row.wanted, "tier": data.tier(row.tier).label
            }  # fmt: skip
            steps.append(
                new_step(
                    QUOTA,
                    "selecting",
                    row,
                    title=title,
                    region=row.region,
                    now=now,
                    due_on=desk.due_on,
                    role=desk.role,
                    basis=desk.basis,
                )
            )
    Step.objects.bulk_create(steps)
