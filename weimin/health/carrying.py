"""A record goes to another place with all that hangs on it. Done as the software itself, inside the caller's transaction."""

from __future__ import annotations

from django.db.models import Q

from weimin.flows.models import OPEN, Step
from weimin.health.joining import CARRIED
from weimin.health.models import Care, Due, HealthRecord, SelfCare, ValueCheck, Visit, VisitOutcome

HANGING = (Care, Due, Visit, SelfCare, ValueCheck)
RECORDS, CHECKS = HealthRecord._meta.label_lower, ValueCheck._meta.label_lower


def carry(record: HealthRecord, region: int) -> None:
    """The region of the record, of its rows here and of those that rooms above named (`joining.carried`), and of its open steps."""
    HealthRecord.objects.filter(pk=record.pk).update(region=region)
    record.region = region
    for model in (*HANGING, *CARRIED):
        model.objects.filter(record=record).update(region=region)
    VisitOutcome.objects.filter(visit__record=record).update(region=region)
    checks = ValueCheck.objects.filter(record=record).values("pk")
    Step.objects.filter(OPEN).filter(Q(subject_type=RECORDS, subject_id=record.pk) | Q(subject_type=CHECKS, subject_id__in=checks)).update(region=region)
