"""A bare Django view that writes the rows of `cases.receive` in one durable transaction: what such a thing costs at the least.

No permission, no idempotency, no walls, no form, no clock: who, what and until when are written as they come.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils import timezone

from weimin.actions.act import new_key
from weimin.actions.models import Receipt
from weimin.cases.models import Case, CaseMaterial
from weimin.cases.numbering import next_number
from weimin.catalogue.models import ItemVersion
from weimin.flows.models import Step
from weimin.trail.models import Entry

PAPERS = ("id_card", "event_proof")


def create(request: HttpRequest, schema: str, code: str) -> HttpResponse:
    connection.set_schema(schema)  # type: ignore[attr-defined]
    with transaction.atomic():
        case = write(request, code)
    return HttpResponseRedirect(f"/cases/{case.pk}/")


def write(request: HttpRequest, code: str) -> Case:
    now, sent = timezone.now(), request.POST
    version = ItemVersion.objects.select_related("item").get(item__code=code, state="published")
    region, until = int(sent["region"]), now + timedelta(days=14)
    case = Case(
        region=region, number=next_number(region, now), item_version=version, item_code=code, item_name=version.item.name, applicant_name=sent["name"],
        applicant_id_kind="id_card", applicant_id_number=sent["id_number"], applicant_phone=sent["phone"], channel="window", desk="window", desk_now="township",
        state="decide", received_at=now, received_by="张三", tell_by_at=until, accepted_at=now, due_on=until.date(), due_at=until, warn_at=until,
    )  # fmt: skip
    case.save(force_insert=True)
    CaseMaterial.objects.bulk_create(
        CaseMaterial(case=case, region=region, key=key, name=key, required=True, status=sent[f"m_{key}"], received_at=now) for key in PAPERS
    )
    step = {"title": str(case), "opened_at": now, "due_on": until.date(), "due_at": until, "warn_at": until, "role": "township", "region": region}
    Step.objects.create(subject_type="cases.case", subject_id=case.pk, flow="case", state="decide", **step)
    note(case, region)
    return case


def note(case: Case, region: int) -> None:
    """The row of the trail and the receipt."""
    about = {"action": "cases.receive", "subject_type": "cases.case", "subject_id": case.pk, "region": region, "at": timezone.now()}
    after = {"state": case.state, "number": case.number}
    Entry.objects.create(person=1, person_name="张三", role="window", channel="web", before={}, after=after, **about)
    Receipt.objects.create(person=1, key=new_key(), content="0" * 64, message="已受理。", **about)


urlpatterns = [path("<str:schema>/<str:code>/", create)]
