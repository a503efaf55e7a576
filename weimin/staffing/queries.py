"""Reads on people who serve."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from weimin.staffing.models import Appointment, Certificate


def has_trained_operator(site: int | None, on: date) -> bool:
    """Whether somebody who serves at the site holds a certificate that is valid on a day."""
    serving = Appointment.objects.filter(site_id=site, starts_on__lte=on).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
    valid = Certificate.objects.filter(worker_id__in=serving.values("worker_id"), issued_on__lte=on)
    return valid.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=on)).exists()
