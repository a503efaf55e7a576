"""A record goes to another place with all that hangs on it. Done as the software itself, inside the caller's transaction."""

from __future__ import annotations

from django.db.models import Q

from weimin.flows.models import OPEN, Step
from weimin.health.files import photos_follow
from weimin.health.joining import CARRIED
from weimin.health.models import Care, Due, DueState, HealthRecord, SelfCare, ValueCheck, Visit, VisitOutcome
from weimin.health.queries.institutions import institution_for

HANGING = (Care, Due, Visit, SelfCare, ValueCheck)
RECORDS, CHECKS = HealthRecord._meta.label_lower, ValueCheck._meta.label_lower


def carry(record: HealthRecord, region: int) -> None:
    """The region of the record, of its rows here and of those that rooms above named (`joining.carried`), and of its open steps."""
    if region != record.region:  # who answered for the village before does not answer for this one
        record.region, record.institution, record.doctor = region, institution_for(region), None
        record.save(update_fields=["region", "institution", "doctor"])
        Care.objects.filter(record=record).update(institution=record.institution, doctor=None)
        Due.objects.filter(record=record, state=DueState.OPEN).update(doctor=None)
    for model in (*HANGING, *CARRIED):
        model.objects.filter(record=record).update(region=region)
    VisitOutcome.objects.filter(visit__record=record).update(region=region)
    photos_follow(Visit.objects.filter(record=record).values("pk"), region)
    checks = ValueCheck.objects.filter(record=record).values("pk")
    Step.objects.filter(OPEN).filter(Q(subject_type=RECORDS, subject_id=record.pk) | Q(subject_type=CHECKS, subject_id__in=checks)).update(region=region)
