"""A centre with a window, people, a queue, a booking, a post and volunteers in each township of the house."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from weimin.reception.models import OpeningHours
from weimin.reception.tests.builders import TODAY, make_booking, make_day, make_duty, make_pledge, make_swap, make_ticket, make_window
from weimin.sites.models import Site
from weimin.staffing.models import Worker
from weimin.staffing.tests.builders import make_activity, make_holding, make_hours, make_post, make_proof


def reception(site: Site, worker: Worker, mark: str) -> dict[str, Any]:
    """pk of each; `mark` is in every word that a person typed."""
    window = make_window(site, name=f"{mark}民生服务窗口")
    OpeningHours.objects.create(site=site, region=site.region, weekday=0, opens_at=datetime(2026, 1, 1, 8).time(), closes_at=datetime(2026, 1, 1, 17).time())
    make_duty(window, worker, TODAY, note=mark)
    make_swap(window, reason=mark or "家里有事")
    make_day(site, TODAY, reason=mark or "停电检修")
    make_pledge(site, text=f"{mark}一次告知")
    ticket = make_ticket(site, token=f"token-{site.region}")
    booking = make_booking(
        window, on=TODAY, name=f"{mark}张小明", phone=f"1391234{site.region % 10000:04d}", item_name=mark, code=f"B{site.region % 10**7:07d}"
    )
    make_holding(make_post(site, name=f"{mark}代办岗", duties=[f"{mark}代办"]), worker, pledge=mark)
    activity = make_activity(site, name=f"{mark}清洁家园", content=f"{mark}打扫", place=f"{mark}村口", unit=f"{mark}支部", leader=f"{mark}李四")
    make_hours(activity, worker, evaluation=mark)
    proof = make_proof(worker, f"ZY-{site.region}", unit=f"{mark}支部", purpose_of_use=f"{mark}升学")
    return {
        "window": window.pk, "ticket": ticket.pk, "slip_token": ticket.token, "booking": booking.pk, "activity": activity.pk, "proof": proof.pk,
    }  # fmt: skip
