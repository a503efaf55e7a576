"""Contents as hypothesis makes them: whatever the columns of this house can hold."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from weimin.examinations.models import Examination
from weimin.examinations.rules_form import MEASURED
from weimin.exchange.rules_bundle import Content
from weimin.exchange.rules_mapping_visit import TENTHS, WHOLES
from weimin.exchange.rules_parts_examinations import form
from weimin.exchange.rules_parts_referrals import DAYS as REFERRAL_DAYS
from weimin.exchange.rules_parts_referrals import WORDS as REFERRAL_WORDS
from weimin.health.bounds import every_bound
from weimin.health.models import CareState, EndReason, LostReason, NextFrom, OutcomeClass, Programme, RecordState, Way
from weimin.health.rules_personal import Asked, asked
from weimin.health.rules_visit import visit_form
from weimin.referrals.models import State

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30).map(str.strip)
SOME_WORDS = WORDS.filter(bool)
DAYS = st.dates(date(1990, 1, 1), date(2026, 11, 20))
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2026, 11, 1), timezones=st.just(UTC))
JURISDICTION = 500242000000


def maybe(values: Any) -> Any:
    return st.none() | values


def key(kind: str, number: int) -> str:
    return f"urn:weimin:{JURISDICTION}:{kind}|{number}"


def answers(fields: tuple[Asked, ...]) -> Any:
    """Some fields of a form answered as the form has them, and now and then something that is none of its answers."""
    return st.fixed_dictionaries({}, optional={one.key: answer(one) for one in fields} | {"of_an_older_form": SOME_WORDS | st.booleans()})


def answer(one: Asked) -> Any:
    codes = sorted(one.codes)
    if one.kind == "one":
        return st.sampled_from(codes) | SOME_WORDS
    if one.kind == "many":
        return st.lists(st.sampled_from(codes), min_size=1, unique=True)
    return st.integers(0, 500) | st.just(1.5) if one.kind == "number" else SOME_WORDS | st.just(4.8)


def number(name: str) -> Any:
    low, high = every_bound()[name].low, every_bound()[name].high
    if name in ("systolic", "diastolic", "pulse"):
        return maybe(st.integers(int(low), int(high)))
    return maybe(st.decimals(low, high, places=1))


TARGETS = st.fixed_dictionaries(
    {}, optional={"systolic": st.integers(90, 180), "diastolic": st.integers(50, 110), "fasting": st.sampled_from(["6.5", "7.0", "5", "6.50"])}
)


@st.composite
def cares(draw: Any) -> list[dict[str, Any]]:
    chosen = draw(st.lists(st.sampled_from(Programme.values), unique=True))
    return [draw(care(place, programme)) for place, programme in enumerate(chosen, start=1)]


@st.composite
def care(draw: Any, place: int, programme: str) -> dict[str, Any]:
    state, since = draw(st.sampled_from(CareState.values)), draw(DAYS)
    ended = state == CareState.ENDED
    lost = state == CareState.LOST or draw(st.booleans())
    return {
        "key": key("care", place), "programme": programme, "state": state, "grade": draw(WORDS)[:20], "found_on": draw(maybe(DAYS)), "confirmed_on": draw(maybe(DAYS)),
        "confirmed_at": draw(WORDS), "since_on": since, "ended_on": max(since, draw(DAYS)) if ended else None, "end_reason": draw(st.sampled_from(EndReason.values)) if ended else "",
        "lost_on": draw(DAYS) if lost else None, "lost_reason": draw(st.sampled_from(LostReason.values)) if lost else "", "target": draw(TARGETS),
        "last_on": draw(maybe(DAYS)), "last_outcome": draw(st.sampled_from(["", *OutcomeClass.values])), "next_on": draw(maybe(DAYS)), **draw(orders()), "doctor": draw(WORDS), "institution": draw(WORDS),
    }  # fmt: skip


@st.composite
def orders(draw: Any) -> dict[str, Any]:
    """Where the next day comes from, and what a hospital ordered."""
    source = draw(st.sampled_from(["", "hospital", "returned"]))
    days = {name: draw(DAYS) if source else None for name in ("ordered_on", "ordered_since")}
    by = key("referral", 1) if source == "hospital" else ""
    return {"next_from": draw(st.sampled_from(["", *NextFrom.values])), "ordered_from": source, **days, "ordered_by": by, "anew_on": draw(maybe(DAYS))}


@st.composite
def visit(draw: Any, place: int, on: date, held: list[dict[str, Any]]) -> dict[str, Any]:
    medicines = st.lists(st.fixed_dictionaries({"name": SOME_WORDS, "use": WORDS}), max_size=3)
    judged = draw(st.lists(st.sampled_from(held), unique_by=lambda row: row["key"])) if held else []
    return {
        "key": key("visit", place), "on": on, "way": draw(st.sampled_from(Way.values)), "programmes": draw(st.lists(st.sampled_from(Programme.values), unique=True)),
        **{name: draw(number(name)) for name in (*WHOLES, *TENTHS)}, "risk": draw(maybe(st.integers(0, 5))), "findings": draw(answers(visit_form())), "medication": draw(medicines),
        "doctor_name": draw(SOME_WORDS), "entered_at": draw(MOMENTS), "corrects": "", "outcomes": [draw(outcome(row, on)) for row in sorted(judged, key=lambda row: row["key"])],
    }  # fmt: skip


@st.composite
def outcome(draw: Any, row: dict[str, Any], on: date) -> dict[str, Any]:
    return {
        "care": row["key"], "programme": row["programme"], "on": on, "outcome": draw(st.sampled_from(OutcomeClass.values)), "refer": draw(st.booleans()),
        "emergency": draw(st.booleans()), "reasons": draw(st.lists(st.sampled_from(["pressure_high", "glucose_low", "sign_headache"]), unique=True)),
        "next_on": draw(DAYS), "chosen_on": draw(maybe(DAYS)), "standard_from": date(2017, 2, 28),
    }  # fmt: skip


@st.composite
def due(draw: Any, place: int, kind: str, state: str) -> dict[str, Any]:
    start, end = sorted([draw(DAYS), draw(DAYS)])
    done = state == "done"
    return {
        "key": key("due", place), "kind": kind, "programmes": draw(st.lists(st.sampled_from(Programme.values), unique=True)), "from_on": start, "due_on": end,
        "reason": draw(WORDS), "urgent": draw(st.booleans()), "state": state, "done_on": draw(DAYS) if done else None, "on_time": draw(st.booleans()) if done else None,
        "doctor": draw(WORDS), "source": draw(st.sampled_from(["", *NextFrom.values])),
    }  # fmt: skip


@st.composite
def contents(draw: Any) -> Content:
    """A whole record, living and here."""
    held = draw(cares())
    days = sorted(draw(st.lists(DAYS, unique=True, max_size=4)))
    dues = [draw(due(1, "visit", "open")), draw(due(2, "visit", "done")), draw(due(3, "examination", "cancelled"))]
    record = {
        "key": key("record", 5), "opened_on": draw(DAYS), "opened_by": draw(SOME_WORDS), "state": RecordState.ACTIVE.value, "inactive_reason": "", "inactive_on": None,
        "inactive_note": "", "touched_on": draw(maybe(DAYS)), "personal": draw(answers(asked())), "personal_on": draw(maybe(DAYS)), "doctor": draw(WORDS), "institution": draw(WORDS),
    }  # fmt: skip
    person = {
        "name": "冉桂兰", "gender": "f", "birth_on": date(1955, 3, 8), "address": draw(WORDS), "id_kind": "id_card", "ethnicity": draw(WORDS)[:20],
        "marital": draw(st.sampled_from(["", "single", "married"])), "education": draw(WORDS)[:20], "occupation": draw(WORDS), "registered": "500242101200",
        "number": "50024210120100001", "former": [], "id_number": "110105194912310021", "phone": "13900001111",
    }  # fmt: skip
    care_dates = {"on": date(2026, 4, 1), "scores": {"eating": 0}, "total": 0, "grade": "independent", "assessed_by": draw(SOME_WORDS)}
    visits = [draw(visit(place, on, held)) for place, on in enumerate(days, start=1)]
    rows = {"care": held, "visit": visits, "due": dues, "self_care": [{"key": key("self_care", 1), **care_dates}]}
    return Content(person, record, rows | {"examination": [draw(examination())], "abnormal": [draw(abnormal())], "referral": [draw(referral())], "file": []})


ABNORMAL = st.lists(st.fixed_dictionaries(dict.fromkeys(("item", "value", "why", "level", "within"), WORDS)), max_size=2)


@st.composite
def examination(draw: Any) -> dict[str, Any]:
    """Every measured column by its digits; answers by the form."""
    columns = {name: Examination._meta.get_field(name) for name in (*MEASURED, "bmi")}
    values = {name: draw(maybe(column_values(column))) for name, column in columns.items()}
    return {
        "key": key("examination", 1), "on": draw(DAYS), **values, "self_care": draw(maybe(st.integers(0, 37))), "findings": draw(answers(form())), "abnormal": draw(ABNORMAL),
        "complete": draw(st.booleans()), "doctor_name": draw(SOME_WORDS), "entered_at": draw(MOMENTS), "corrects": "",
    }  # fmt: skip


def column_values(column: Any) -> Any:
    places = getattr(column, "decimal_places", None)
    return st.integers(0, 300) if places is None else st.decimals(0, 99, places=places)


@st.composite
def abnormal(draw: Any) -> dict[str, Any]:
    found, due_on = sorted([draw(DAYS), draw(DAYS)])
    closed = draw(st.booleans())
    return {
        "key": key("abnormal", 1), "examination": key("examination", 1), "items": draw(ABNORMAL), "rank": draw(st.integers(0, 1)), "refer": draw(st.booleans()),
        "found_on": found, "due_on": due_on, "state": "closed" if closed else draw(st.sampled_from(["recall", "recheck"])), "recalled_on": draw(maybe(DAYS)),
        "recall_note": draw(WORDS), "rechecks": draw(st.just([]) | st.just([{"on": "2026-06-20", "results": {"pressure": "138/86"}}])),
        "closing": "normal" if closed else "", "closing_note": draw(WORDS), "closed_on": draw(DAYS) if closed else None,
    }  # fmt: skip


@st.composite
def referral(draw: Any) -> dict[str, Any]:
    answer = {
        name: draw(SOME_WORDS)
        for name in ("diagnosis", "results", "treatment", "drugs", "rehabilitation", "next_steps", "doctor_name", "doctor_phone", "written_by")
    }
    return {
        "key": key("referral", 1), "direction": draw(st.sampled_from(["up", "down"])), "urgency": draw(st.sampled_from(["emergency", "ordinary"])),
        "state": draw(st.sampled_from([str(state) for state in State])), "sent_at": draw(MOMENTS), "answered_at": draw(maybe(MOMENTS)),
        "grounds": draw(st.lists(st.sampled_from(["pressure_high", "glucose_low"]), unique=True)), "follow_result": draw(st.sampled_from(["", "admitted"])),
        "end_reason": draw(st.sampled_from(["", "recovered"])), **{name: draw(WORDS) for name in ("unit", "doctor_name", "hospital")},
        **{name: draw(maybe(DAYS)) for name in REFERRAL_DAYS}, **{name: draw(WORDS) for name in REFERRAL_WORDS},
        "summary": draw(st.none() | st.just(answer | {"visit_by": draw(DAYS), "written_at": draw(MOMENTS)})),
    }  # fmt: skip
