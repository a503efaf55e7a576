"""Cases: list by cursor, read, create, and every step by the name of its action."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Path, Query, Router

from weimin.actions.queries import button_for
from weimin.actions.registry import ACTIONS, Action, get_action
from weimin.api import shapes
from weimin.api.bodies import CREATE, read_body
from weimin.api.endpoints.actions import BODY, DONE, KEY, check_may, described, do, write
from weimin.api.scopes import CASES_READ, may_act
from weimin.api.service import BadRequest, Bearer, WrongParameters, check_query, next_link, problems
from weimin.api.shapes_cases import CaseFull, CaseList, CaseSearch
from weimin.cases.actions.before import find_with_others
from weimin.cases.actions.moving import find_case
from weimin.cases.clocks import lamp_of
from weimin.cases.models import Case, CaseState, Channel
from weimin.cases.queries.listing import COLOURS, Filters, list_cases
from weimin.cases.queries.page import get_case, papers_of
from weimin.secrets.masking import mask
from weimin.walls.errors import NotVisible


def one_of(*words: str) -> str:
    """A pattern of these words or nothing."""
    return f"^({'|'.join(words)})?$"


router = Router(tags=["cases"])
RECEIVE, ROOM = "cases.receive", "cases."
FILTERS = ("state", "item", "place", "lamp", "channel")
NUMBER = Path(description="Number (`id`) of the case.", ge=1, le=2**63 - 1, examples=[12])
VERB = Path(description="The action's name without its room.", examples=["supplement"])
STATE = Query(
    "",
    description="One state, or `open`: those are in the order of their deadline, all others newest first.",
    examples=["open"],
    pattern=one_of("open", *CaseState.values),
)
ITEM = Query("", description="Code of the item.", examples=["MZ0101"], pattern="^([A-Z]{2}[0-9]{4})?$")
PLACE = Query(
    "",
    max_length=12,
    description="12-digit code of a village, township or county inside the range.",
    examples=["500242101000"],
    pattern="^([1-9][1-9][0-9]{10})?$",
)
LAMP = Query("", description="green, yellow, red or paused.", examples=["red"], pattern=one_of(*COLOURS))
CHANNEL = Query("", description="window, home, portal, agency or api.", examples=["window"], pattern=one_of(*Channel.values))
CURSOR = Query("", max_length=200, description="`next` of the page before; one that cannot be read gives the first page.")
SIZE = Query(20, ge=1, le=100, description="Cases on a page.")
FACTS = (
    "organisation", "note", "tell_by_at", "supplement_by", "accepted_at", "legal_due_on", "decided_at", "result", "reason", "delivered_at", "closed_at",
)  # fmt: skip


def line_of(case: Case, now: Any) -> dict[str, Any]:
    lamp = lamp_of(case, now)
    return {
        "id": case.pk, "number": case.number, "item": case.item_code, "item_name": case.item_name, "applicant": case.applicant_name,
        "channel": case.channel, "state": case.state, "state_label": str(case.get_state_display()), "desk": case.desk_now, "region": case.region,
        "received_at": case.received_at, "due_on": case.due_on, "outcome": case.outcome,
        "lamp": {"colour": lamp.colour, "words": str(lamp.words)} if lamp else None,
    }  # fmt: skip


@router.get("/cases", response={200: CaseList, **problems(422)}, auth=Bearer(CASES_READ), summary="List cases", operation_id="list_cases")
def cases(
    request: HttpRequest, response: HttpResponse, state: str = STATE, item: str = ITEM, place: str = PLACE, lamp: str = LAMP, channel: str = CHANNEL,
    cursor: str = CURSOR, size: int = SIZE,
) -> Any:  # fmt: skip
    """Cases of the range, a page at a time; its cost does not grow with the table."""
    check_query(request, "cursor", "size", *FILTERS)
    filters, now = narrowed({"state": state, "item": item, "place": place, "lamp": lamp, "channel": channel}), timezone.now()
    page = list_cases(request.actor, filters, now, cursor, size)  # type: ignore[attr-defined]
    return {"items": [line_of(case, now) for case in page.rows], "next": next_link(request, response, page)}


def narrowed(chosen: dict[str, str]) -> Filters:
    """The filters; WrongParameters for a value that the list does not know."""
    filters = Filters.read(chosen)
    if wrong := [name for name, value in chosen.items() if getattr(filters, name) != value]:
        raise WrongParameters(wrong)
    return filters


@router.post("/cases/search", response={200: CaseList, **problems(400, 422)}, auth=Bearer(CASES_READ), summary="Search cases", operation_id="search_cases")
def search(request: HttpRequest, wanted: CaseSearch) -> Any:
    """Cases of the range by number, ID number, phone or the applicant's whole name, newest first. Changes nothing, so that it needs no key."""
    now = timezone.now()
    page = list_cases(request.actor, Filters.read({"text": wanted.q}), now, wanted.cursor, wanted.size)  # type: ignore[attr-defined]
    return {"items": [line_of(case, now) for case in page.rows], "next": page.next or None}


def found(request: Any, number: int) -> Case:
    try:
        return get_case(request.actor, number)
    except Case.DoesNotExist:
        raise NotVisible() from None


@router.get("/cases/{int:number}", response={200: CaseFull, **problems(404, 422)}, auth=Bearer(CASES_READ), summary="Read a case", operation_id="read_case")
def read_case(request: HttpRequest, number: int = NUMBER) -> Any:
    """One case with its papers, and what the token may do with it now."""
    case, now, actor = found(request, number), timezone.now(), request.actor  # type: ignore[attr-defined]
    papers = [paper.row for paper in papers_of(actor, case)]
    return line_of(case, now) | {name: getattr(case, name) for name in FACTS} | {
        "version": case.item_version.number, "id_number": mask("id_number", case.applicant_id_number or "", actor.role),
        "phone": mask("phone", case.applicant_phone or "", actor.role), "address": mask("address", case.address, actor.role),
        "materials": [{"key": row.key, "name": row.name, "status": row.status, "due_on": row.due_on} for row in papers],
        "next_actions": next_actions(request, case, now),
    }  # fmt: skip


def next_actions(request: Any, case: Case, now: Any) -> list[dict[str, str]]:
    """The actions on a case that the post may do, that its state allows and the token opens."""
    mine = [action for action in ACTIONS.values() if is_on_a_case(action) and may_act(request.scopes, action.name)]
    buttons = [button_for(action.name, request.actor, case, now) for action in mine]
    return [{"action": button.action.name, "label": str(button.action.label)} for button in buttons if button is not None and not button.reason]


def is_on_a_case(action: Action) -> bool:
    """Whether the number that the action is given is a case's (and not that of an office's answer or an extension)."""
    return action.name.startswith(ROOM) and action.find in (find_case, find_with_others)


def verb_action(verb: str) -> Action:
    action = get_action(ROOM + verb)
    if not is_on_a_case(action):
        raise NotVisible()
    return action


@router.post("/cases", response=DONE, auth=Bearer(), summary="Create a case", operation_id="create_case", openapi_extra=CREATE)
def create_case(request: HttpRequest, key: str = KEY) -> Any:
    """Takes in an application for the item that `item` names: the action `cases.receive`, whose schema GET `/actions/cases.receive/{item}`
    gives. The channel is `api` when none is named. 201: done now; 200: it was done before with this key.

    Scope: `cases:write` or `actions:cases.receive`.
    """
    check_may(request, get_action(RECEIVE))
    data, files = read_body(request)
    item, data = data.get("item", ""), data.copy()
    if not item:
        raise BadRequest(_("请写明事项编码（item）。"))
    data.pop("item")
    data.setdefault("channel", "api")
    return write(request, RECEIVE, key, item, data, files)


@router.get(
    "/cases/{int:number}/{verb}", response={200: shapes.ActionFull, **problems(404, 422)}, auth=Bearer(),
    summary="Read an action on a case", operation_id="read_case_action",
)  # fmt: skip
def read_case_action(request: HttpRequest, number: int = NUMBER, verb: str = VERB) -> Any:
    """The JSON Schema of an action's body for this case, and why it cannot be done now, if so. Scope: as for doing it."""
    return described(request, verb_action(verb), str(number))


@router.post(
    "/cases/{int:number}/{verb}", response=DONE, auth=Bearer(), summary="Advance a case", operation_id="advance_case", openapi_extra=BODY,
)  # fmt: skip
def advance_case(request: HttpRequest, number: int = NUMBER, verb: str = VERB, key: str = KEY) -> Any:
    """Does the action `cases.<verb>` on the case: `supplement`, `accept`, `decline`, `pass_on`, `decide`, `deliver` …

    201: done now; 200: it was done before with this key. Scope: `cases:write` or `actions:cases.<verb>`.
    """
    return do(request, verb_action(verb).name, key, str(number))
