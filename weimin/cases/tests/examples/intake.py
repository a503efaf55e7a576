"""Taking in, accepting, telling, refusing."""

from datetime import date, timedelta
from typing import Any

from weimin.actions.examples import Example
from weimin.cases.models import CaseMaterial
from weimin.cases.tests.builders import NOW, make_case, make_item_version
from weimin.cases.tests.examples.making import LACKING, RECEIVED, apply_for, in_state, out_of_service, person
from weimin.sites.tests.examples import village

TOLD = {"told_how": "in_person", "m_household_book": "missing"}
SUPPLIED = {"m_household_book": "received", "m_id_card": "received", "m_bank_card": "received", "accept": "on"}


def promised(actor: Any, region: int) -> tuple[Any, dict[str, Any]]:
    case = make_case(village(region), "decide", lenient_due_on=date(2026, 12, 1))
    CaseMaterial.objects.filter(case=case, key="bank_card").update(status="deferred", due_on=date(2026, 12, 1))
    return case.pk, {"m_bank_card": "received"}


def forgotten(actor: Any, region: int) -> tuple[Any, dict[str, Any]]:
    """Nobody told the applicant anything for two weeks."""
    return make_case(village(region), "received", now=NOW - timedelta(days=14)).pk, {}


def childcare(*codes: str) -> Any:
    def build(actor: Any, region: int) -> tuple[Any, dict[str, Any]]:
        for code in codes:
            make_item_version(code=code, name=f"事项{code}")
        return "childcare", {**person(region), **RECEIVED, "items": list(codes)}

    return build


EXAMPLES = {
    "cases.receive": Example("window", apply_for({**RECEIVED, "verdict": "accept"}), wrong=out_of_service(RECEIVED)),
    "cases.receive_bundle": Example("window", childcare("FM0014", "FM0005"), wrong=childcare("FM0005")),
    "cases.apply_online": Example("window", apply_for(LACKING), wrong=out_of_service(LACKING)),
    "cases.accept": Example("window", in_state("received", {}, "window")),
    "cases.deem_accepted": Example("township", forgotten),
    "cases.tell_missing": Example("window", in_state("received", TOLD, "window")),
    "cases.supplement": Example("window", in_state("supplement", SUPPLIED, "window")),
    "cases.fulfil": Example("township", promised),
    "cases.decline": Example("window", in_state("received", {"kind": "declined", "reason": "户籍不在本县", "told_how": "paper"}, "window")),
}
