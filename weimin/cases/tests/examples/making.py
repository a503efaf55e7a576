"""What the examples of this room are made of."""

from datetime import timedelta
from typing import Any

from weimin.cases.models import Case, Extension, JointReview, PublicNotice
from weimin.cases.tests.builders import NOW, make_case, make_item_version
from weimin.residents.tests.builders import id_number
from weimin.sites.tests.examples import village

RECEIVED = {"m_id_card": "received", "m_household_book": "exempt", "m_bank_card": "received"}
LACKING = {"m_id_card": "received", "m_household_book": "missing", "m_bank_card": "received"}


def in_state(state: str, data: dict[str, Any], desk: str = "", **facts: Any) -> Any:
    """A case in a state, on the desk of the role that will act."""
    given = {"desk_now": desk, **facts} if desk else facts
    return lambda actor, region: (make_case(village(region), state, **given).pk, dict(data))


def person(region: int, **over: Any) -> dict[str, Any]:
    return {"name": "冉桂兰", "id_kind": "id_card", "id_number": id_number(), "phone": "13912345678", "region": str(village(region)), **over}


def apply_for(data: dict[str, Any]) -> Any:
    def build(actor: Any, region: int) -> tuple[Any, dict[str, Any]]:
        return make_item_version().item.code, {**person(region), **data}

    return build


def out_of_service(data: dict[str, Any]) -> Any:
    def build(actor: Any, region: int) -> tuple[Any, dict[str, Any]]:
        item = make_item_version().item
        item.offered = False
        item.save()
        return item.code, {**person(region), **data}

    return build


def asked_office(state: str = "asked") -> Any:
    def build(actor: Any, region: int) -> tuple[Any, dict[str, Any]]:
        case = make_case(village(region), "joint_review")
        return ask(case).pk, {"answer": "agree"}

    return build


def ask(case: Case, role: str = "county_office", **over: Any) -> JointReview:
    return JointReview.objects.create(**{"case": case, "region": case.region, "office": "县自然资源局", "role": role, "asked_at": NOW, **over})


def answered(case: Case) -> JointReview:
    return ask(case, state="answered", answer="agree", answered_at=NOW, answered_by="王五")


def asked_extension(actor: Any, region: int) -> tuple[Any, dict[str, Any]]:
    case = make_case(village(region), "review")
    row = Extension.objects.create(case=case, region=case.region, value=5, reason="需要外地协查", asked_by="李四", asked_person=1, asked_at=NOW)
    return row.pk, {"answer": "同意"}


def published(actor: Any, region: int) -> tuple[Any, dict[str, Any]]:
    """A public notice that is over."""
    case = make_case(village(region), "public_notice", now=NOW - timedelta(days=20))
    PublicNotice.objects.create(case=case, region=case.region, place="村务公开栏", text="冉桂兰", starts_on="2026-11-04", ends_on="2026-11-11")
    return case.pk, {"objection": "none"}
