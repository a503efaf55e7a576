"""The registry of actions, and doing any of them: the same path as every page's, `act`."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Header, Path, Query, Router, Status

from weimin.actions.act import act, find_target
from weimin.actions.models import Receipt
from weimin.actions.registry import ACTIONS, Action, get_action
from weimin.actions.views import check_target
from weimin.api import shapes
from weimin.api.bodies import BODY, read_body
from weimin.api.form_schema import schema_of
from weimin.api.scopes import CLOSED_ROOMS, may_act, room_of
from weimin.api.service import Bearer, ScopeMissing, check_query, problems
from weimin.walls.errors import NotAllowed, NotVisible

router = Router(tags=["actions"])
NAME = Path(description="Name of the action.", examples=["sites.correct"])
TARGET = Path(description="Number of the record it is done to.", examples=["12"])
KEY = Header(
    alias="Idempotency-Key", min_length=1, max_length=64, pattern=r"^[\x20-\x7e]+$", examples=["6f1d0a52-1"],
    description="Your own number of this write, one for each: sending the same again with the same key does nothing twice.",
)  # fmt: skip
DONE = {201: shapes.Receipt, 200: shapes.Receipt, **problems(400, 404, 409, 415, 422)}


def open_action(name: str) -> Action:
    """The action, when programs may do it at all. Those on people and tokens are for people only."""
    if room_of(name) in CLOSED_ROOMS:
        raise NotVisible()
    return get_action(name)


def line(request: Any, action: Action) -> dict[str, Any]:
    return {
        "name": action.name, "label": str(action.label), "says": action.says, "roles": sorted(action.roles),
        "targeted": action.find is not None, "allowed": action.allows(request.actor) and may_act(request.scopes, action.name),
    }  # fmt: skip


@router.get("/actions", response={200: shapes.ActionList, **problems(422)}, auth=Bearer(), summary="List the actions", operation_id="list_actions")
def list_actions(request: HttpRequest, room: str = Query("", max_length=40, description="Only those of one room.", examples=["cases"])) -> Any:
    """Every action that a program may do, in the order of their names. `allowed` says which of them this token may do."""
    check_query(request, "room")
    names = sorted(name for name in ACTIONS if room_of(name) not in CLOSED_ROOMS and room in ("", room_of(name)))
    return {"items": [line(request, ACTIONS[name]) for name in names]}


@router.get("/actions/{name}", response={200: shapes.ActionFull, **problems(404, 422)}, auth=Bearer(), summary="Read an action", operation_id="read_action")
def read_action(request: HttpRequest, name: str = NAME) -> Any:
    """One action with the JSON Schema of its body, as it is without a record."""
    action = open_action(name)
    form = action.form if action.find is not None else action.form(actor=request.actor, now=timezone.now())  # type: ignore[attr-defined]
    return line(request, action) | {"input": schema_of(getattr(form, "fields", action.form.base_fields))}


@router.get(
    "/actions/{name}/{target}", response={200: shapes.ActionFull, **problems(404, 422)}, auth=Bearer(),
    summary="Read an action on a record", operation_id="read_action_on",
)  # fmt: skip
def read_action_on(request: HttpRequest, name: str = NAME, target: str = TARGET) -> Any:
    """One action with the JSON Schema of its body for this record (its choices), and why it cannot be done now, if so."""
    return described(request, open_action(name), target)


def described(request: HttpRequest, action: Action, target: str) -> dict[str, Any]:
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    check_may(request, action)
    found = found_target(action, actor, target)
    fields = action.form(actor=actor, target=found, now=now).fields
    return line(request, action) | {"input": schema_of(fields), "refusal": action.refusal(found, actor, now)}


def check_may(request: Any, action: Action) -> None:
    if not may_act(request.scopes, action.name):
        raise ScopeMissing()
    if not action.allows(request.actor):
        raise NotAllowed()


def found_target(action: Action, actor: Any, target: str) -> Any:
    if action.find is None:
        raise NotVisible()
    check_target(target)
    return find_target(action, actor, target)


@router.post("/actions/{name}", response=DONE, auth=Bearer(), summary="Do an action", operation_id="do_action", openapi_extra=BODY)
def do_action(request: HttpRequest, name: str = NAME, key: str = KEY) -> Any:
    """Does an action that has no record, or that finds its own. 201: done now; 200: it was done before with this key."""
    return do(request, name, key, None)


@router.post(
    "/actions/{name}/{target}", response=DONE, auth=Bearer(), summary="Do an action on a record", operation_id="do_action_on", openapi_extra=BODY,
)  # fmt: skip
def do_action_on(request: HttpRequest, name: str = NAME, target: str = TARGET, key: str = KEY) -> Any:
    """Does an action on a record. 201: done now; 200: it was done before with this key."""
    return do(request, name, key, target)


def do(request: HttpRequest, name: str, key: str, target: str | None) -> Any:
    """One write through `act`, whichever way it was asked for."""
    action = open_action(name)
    check_may(request, action)
    if target is not None:
        check_target(target)
    data, files = read_body(request)
    return write(request, name, key, target, data, files)


def write(request: HttpRequest, name: str, key: str, target: str | None, data: Any, files: Any) -> Any:
    receipt = act(request.actor, name, data, key, target=target, files=files)  # type: ignore[attr-defined]
    return Status(200 if receipt.replayed else 201, receipt_of(receipt))


def receipt_of(receipt: Receipt) -> dict[str, Any]:
    return {
        "receipt": receipt.pk, "action": receipt.action, "message": receipt.message,
        "subject": {"type": receipt.subject_type, "id": receipt.subject_id}, "region": receipt.region, "at": receipt.at,
        "page": receipt.next_url, "once": getattr(receipt, "once", []),
    }  # fmt: skip
