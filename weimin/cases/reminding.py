"""Three days after a result was handed over, who has not rated it is asked once, by SMS (C-33)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from weimin.calendars.clock import ZONE
from weimin.cases.models import Case
from weimin.cases.queries.rating import at_midnight
from weimin.cases.rules_rating import reminded_on
from weimin.cases.tokens import progress_path
from weimin.messages.models import Message
from weimin.messages.sending import send_outside
from weimin.messages.wording import register_template
from weimin.walls.actor import system_actor

PLEASE = "cases.rate_please"
MISSED = timedelta(days=3)  # days on which the job may have been down
register_template(PLEASE, _("您办理的“%(item)s”已办结。请扫回执上的二维码评价这次服务，也可以拨打服务电话。不评价不影响您办事。"), channels=("sms",))


def remind(now: datetime) -> int:
    """Cases delivered three days ago (or on the days before, when the job was down), not rated, with a phone: one SMS each; how many.

    Cases that the resident confirmed meanwhile are closed and left in peace. One query finds them by the index of what waits for confirmation.
    """
    actor = system_actor(name="cases.ask_for_rating")
    last = reminded_on(now.astimezone(ZONE).date())
    delivered = Case.objects.visible_to(actor).filter(
        state="delivered", delivered_at__gte=at_midnight(last - MISSED), delivered_at__lt=at_midnight(last + timedelta(days=1)), rating__isnull=True,
        applicant_phone__isnull=False,
    )  # fmt: skip
    by_path = {progress_path(case): case for case in delivered.order_by("pk")}
    told = set(Message.objects.visible_to(actor).filter(outside=True, template=PLEASE, url__in=by_path).values_list("url", flat=True))
    for path, case in by_path.items():
        if path not in told:
            send_outside(case.applicant_phone or "", case.region, "", path, now, template=PLEASE, parameters={"item": case.item_name})
    return len(by_path) - len(told)
