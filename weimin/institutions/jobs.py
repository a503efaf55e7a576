"""What is done at night: licences that end soon become steps, new residents' records go to the institution that serves them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.act import act
from weimin.flows.models import OPEN, Step
from weimin.flows.steps import close_step, new_step
from weimin.health.models import HealthRecord
from weimin.institutions.flow import LICENCE
from weimin.institutions.models import Catchment, Institution
from weimin.institutions.tables import fair
from weimin.walls.actor import system_actor
from weimin.walls.periodic import every


@every("20 5 * * *", "institutions.remind_licences", label=_("许可证到期提醒"))
def remind(jurisdiction: Any, now: datetime) -> None:
    """Nobody is asked any more for the licence of an institution that has closed, or whose day was corrected."""
    soon = timezone.localdate(now) + timedelta(days=fair(timezone.localdate(now)).licence_days)
    settled = Institution.objects.filter(Q(site__state="closed") | Q(licence_to=None) | Q(licence_to__gt=soon)).values("pk")
    for step in Step.objects.filter(OPEN, subject_type=Institution._meta.label_lower, flow=LICENCE, subject_id__in=settled):
        close_step(step, system_actor(), now, "institutions.renew_licence")
    asked = Step.objects.filter(OPEN, subject_type=Institution._meta.label_lower, flow=LICENCE).values("subject_id")
    ending = Institution.objects.filter(licence_to__lte=soon).exclude(pk__in=asked).exclude(site__state="closed")
    Step.objects.bulk_create(
        new_step(
            LICENCE, "expiring", row, title=_now("%(institution)s换证") % {"institution": row.site.name}, region=row.region, now=now, due_on=row.licence_to
        )
        for row in ending.select_related("site")
    )


@every("40 5 * * *", "institutions.keep_records", label=_("新建档案归口"))
def keep(jurisdiction: Any, now: datetime) -> None:
    """Only institutions that keep records already: the first time is the decision of a person."""
    mine = Catchment.objects.filter(institution=OuterRef(OuterRef("pk"))).values("region")
    new = HealthRecord.objects.filter(region__in=mine, institution=None)
    kept = HealthRecord.objects.filter(institution=OuterRef("site_id"))
    for row in Institution.objects.filter(Exists(kept), Exists(new)).exclude(site__state="closed"):
        act(system_actor(), "institutions.keep_records", {}, f"keep-records-{row.pk}-{timezone.localdate(now)}", target=row.pk, now=now)
