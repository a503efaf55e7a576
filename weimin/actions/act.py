"""`act`: the one write path. Web forms, API, outboxes, Excel rows and commands all end here."""

from __future__ import annotations

import hashlib
import json
import logging
import secrets
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from weimin.actions.burden import MARK, MOMENT_DIGITS, book, facts_of, weigh
from weimin.actions.done import tell_all
from weimin.actions.forms import ActionForm
from weimin.actions.models import Receipt
from weimin.actions.registry import Action, Outcome, get_action
from weimin.trail.record import record
from weimin.walls.actor import Actor
from weimin.walls.errors import InputInvalid, KeyReused, NotAllowed, NotVisible, RuleBroken
from weimin.walls.prepared import prepared
from weimin.walls.session import entered

logger = logging.getLogger("weimin.actions")
SYSTEM_PERSON = 0
WAITED = {"40P01", "40001"}  # two who waited for each other: whoever gives way has done nothing and may begin anew
RACES = {"23505"} | WAITED  # and a unique constraint
TRIES = 3
KEY_LENGTH = 64
# By hand: bulk_create with ignore_conflicts does not say whether a row is new, and every write of the house passes here.
RESERVE = """INSERT INTO actions_receipt (person, key, action, content, at, subject_type, message, next_url)
VALUES (%s, %s, %s, %s, %s, '', '', '') ON CONFLICT (person, key) DO NOTHING RETURNING id"""
CONFIRM = """UPDATE actions_receipt SET subject_type = %s, subject_id = %s, region = %s, message = %s, next_url = %s WHERE id = %s"""
FORGET_DRAFT = f"WITH gone AS (DELETE FROM actions_draft WHERE person = %s AND action = %s AND target = %s) {CONFIRM}"


def new_key() -> str:
    """A key for one form: the moment in milliseconds, then chance, as in a UUID of version 7; so it tells when the form was opened."""
    return f"{time.time_ns() // 1_000_000:0{MOMENT_DIGITS}x}{MARK}{secrets.token_hex(10)[1:]}"


def is_sound_key(key: str) -> bool:
    """A key as pages, outboxes and imports make them: 1 to 64 printable characters."""
    return 0 < len(key) <= KEY_LENGTH and key.isprintable()


def fingerprint(name: str, target: Any, data: Mapping[str, Any], files: Mapping[str, Any] | None) -> str:
    """Keyed hash of what was sent, so that a reused key with other content is refused and not silently replayed.

    Keyed, because a plain hash of a form with a password would let somebody who reads the table guess it.
    """
    lists = {key: data.getlist(key) if hasattr(data, "getlist") else data[key] for key in data if key not in ("csrfmiddlewaretoken", "key")}
    sent = files or {}
    uploads = {key: sent.getlist(key) if hasattr(sent, "getlist") else [sent[key]] for key in sent}
    sums = {key: [[upload.name, sum_of(upload)] for upload in several] for key, several in uploads.items()}
    text = json.dumps([name, str(target or ""), lists, sums], sort_keys=True, default=str, ensure_ascii=False)
    return salted_hmac("weimin.actions.receipt", text, algorithm="sha256").hexdigest()


def sum_of(upload: Any) -> str:
    """Of what is in an uploaded file, which is then read from its beginning again."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def reserve(actor: Actor, action: Action, key: str, content: str, now: datetime) -> tuple[Receipt, bool]:
    """The receipt row for this key: new (True), or the first one (False). A concurrent twin waits for the first to end."""
    person = actor.person or SYSTEM_PERSON
    fresh = Receipt(person=person, key=key, action=action.name, content=content, at=now)
    with prepared() as cursor:
        cursor.execute(RESERVE, [person, key, action.name, content, now])
        if row := cursor.fetchone():
            fresh.pk, fresh._state.adding, fresh._state.db = row[0], False, connection.alias
            return fresh, True
    stored = Receipt.objects.get(person=person, key=key)
    if stored.content != content or stored.action != action.name:
        raise KeyReused(receipt=stored.pk)
    return stored, stored.subject_type == "" and stored.region is None


def find_target(action: Action, actor: Actor, target: Any) -> Any:
    """The locked target; hidden, missing and malformed are all NotVisible."""
    if action.find is None:
        return None
    try:
        return action.find(actor, target)
    except (ObjectDoesNotExist, ValueError, TypeError, OverflowError):
        raise NotVisible() from None


def read_form(action: Action, actor: Actor, found: Any, data: Mapping[str, Any], files: Any, now: datetime) -> ActionForm:
    form = action.form(data, files, actor=actor, target=found, now=now)
    if not form.is_valid():
        raise InputInvalid(form)
    return form


def check_place(action: Action, actor: Actor, found: Any, cleaned: dict[str, Any]) -> int:
    region = action.region(found, cleaned)
    if not actor.covers(region):
        raise NotVisible()
    return region


def racing(name: str, once: Callable[[], Receipt]) -> Receipt:
    """Two at once are no fault: who waited for another that waited for them begins anew and finds what the other did; whom a constraint
    refused is told to look again. Nothing is kept of either. The log has the name of the constraint only, because the database's own words
    repeat the values."""
    for more in reversed(range(TRIES)):
        try:
            return once()
        except DatabaseError as error:
            cause: Any = error.__cause__
            code = getattr(cause, "sqlstate", "")
            if code not in RACES:
                raise
            logger.warning("%s gave way to another: %s", name, cause.diag.constraint_name or code)
            if not more or code not in WAITED:
                raise RuleBroken(_("刚才有人同时在办同一件事，这次没有保存。请看一下现在的情况，需要时再办。")) from error
    raise AssertionError("the last try answers or refuses")


def act(
    actor: Actor, name: str, data: Mapping[str, Any], key: str, *,
    target: Any = None, files: Any = None, now: datetime | None = None,
) -> Receipt:  # fmt: skip
    """Does one action in one transaction: who may, target, state, form, write, trail, receipt.

    Raises NotAllowed (403), NotVisible (404), KeyReused (409), InputInvalid and RuleBroken (422); then nothing has
    changed. The same key with the same content returns the first receipt (`replayed`) and changes nothing.
    """
    action, now = get_action(name), timezone.localtime(now or timezone.now())
    if not action.allows(actor):
        raise NotAllowed()
    if not is_sound_key(key):
        raise RuleBroken(_("这份表单的编号不完整，没有办理。请刷新页面后再提交。"))
    return racing(name, partial(once, actor, action, data, key, target, files, now))


def once(actor: Actor, action: Action, data: Mapping[str, Any], key: str, target: Any, files: Any, now: datetime) -> Receipt:
    """One try, of which nothing is left when it ends in an error."""
    with entered(actor):
        receipt, fresh = reserve(actor, action, key, fingerprint(action.name, target, data, files), now)
        if not fresh:
            receipt.replayed = True
            return receipt
        found = find_target(action, actor, target)
        if action.check is not None:
            action.check(found, actor, now)
        form = read_form(action, actor, found, data, files, now)
        region = check_place(action, actor, found, form.cleaned_data)
        weight = weigh(form, facts_of(found))
        outcome = action.run(actor, found, form.cleaned_data, now)
        if form.fields:
            book(actor, action.name, key, weight, now)
        return finish(actor, action, receipt, outcome, outcome.region or region, target, now)


def finish(actor: Actor, action: Action, receipt: Receipt, outcome: Outcome, region: int, target: Any, now: datetime) -> Receipt:
    """Trail and receipt of an action that was done; its draft goes."""
    subject = outcome.subject
    receipt.subject_type = subject._meta.label_lower if subject is not None else action.name
    receipt.subject_id = subject.pk if subject is not None else None
    receipt.region, receipt.message, receipt.next_url = region, str(outcome.message or action.label), outcome.next_url
    record(
        actor, action.name, subject_type=receipt.subject_type, subject_id=receipt.subject_id, region=region, now=now,
        before=outcome.before, after=outcome.after, reason=outcome.reason,
    )  # fmt: skip
    receipt.once = list(outcome.once)  # type: ignore[attr-defined]  # for this answer only, never saved
    receipt.pressing = outcome.pressing  # type: ignore[attr-defined]
    confirm(actor, receipt, target)
    tell_all(actor, receipt, now)
    return receipt


def confirm(actor: Actor, receipt: Receipt, target: Any) -> None:
    """Writes what was done into the receipt; what the person had typed for it is kept no longer."""
    values: list[Any] = [receipt.subject_type, receipt.subject_id, receipt.region, receipt.message, receipt.next_url, receipt.pk]
    statement = CONFIRM
    if actor.channel == "web":
        statement, values = FORGET_DRAFT, [actor.person or 0, receipt.action, str(target or ""), *values]
    with prepared() as cursor:
        cursor.execute(statement, values)
