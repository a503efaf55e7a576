"""Steps of this room: an alert to look into, a card to report, a measure to carry out, the chain of an emergency (A-52)."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from weimin.calendars.clock import Limit
from weimin.epidemics.models import Alert, AlertState, CaseReport, CaseState, ChainState, Measure, MeasureState, Outbreak
from weimin.epidemics.parameters import hours, shipped_hours
from weimin.flows.registry import Flow, Move, State, register_flow

ALERT, CARD, MEASURE, CHAIN = "epidemic_alert", "case_report", "epidemic_measure", "emergency_chain"
HOP_BASIS = "突发公共卫生事件应急条例 第十九、二十条"  # text: data
HOP, FOLLOW = Limit(int(shipped_hours()["hop"]["value"]), "hour", basis=HOP_BASIS), Limit(int(shipped_hours()["follow"]["value"]), "hour")  # as shipped
DESKS = {"raised": "institution", "verified": "institution", "handled": "institution"}
ALERT_STATES = tuple(State(str(one.value), one.label, DESKS.get(str(one.value), ""), FOLLOW if one == AlertState.VERIFIED else None) for one in AlertState)
ALERT_FLOW = (
    Move("", "epidemics.report_day", "raised"),
    Move("", "epidemics.report_rest", "raised"),
    Move("", "epidemics.report_family", "raised"),
    Move("", "epidemics.fill_card", "raised"),
    Move("raised", "epidemics.verify_alert", "verified"),
    Move("raised", "epidemics.dismiss_alert", "dismissed"),
    Move("verified", "epidemics.open_outbreak", "handled"),
    Move("verified", "epidemics.handle_alert", "handled"),
    Move("verified", "epidemics.dismiss_alert", "dismissed"),
    Move("handled", "epidemics.close_alert", "closed"),
    Move("handled", "epidemics.close_outbreak", "closed"),
)
CARD_STATES = (
    State("due", _("待网络直报"), "institution"), State("reported", CaseState.REPORTED.label), State("corrected", CaseState.CORRECTED.label),
    State("deleted", CaseState.DELETED.label),
)  # fmt: skip
CARD_FLOW = (
    Move("", "epidemics.fill_card", "due"),
    Move("due", "epidemics.report_card", "reported"),
    Move("due", "epidemics.correct_card", "corrected"),
    Move("due", "epidemics.delete_card", "deleted"),
)
MEASURE_STATES = (State("owed", _("待落实防控措施"), "institution"), State("done", MeasureState.DONE.label), State("dropped", MeasureState.DROPPED.label))
MEASURE_FLOW = (
    Move("", "epidemics.open_outbreak", "owed"),
    Move("", "epidemics.add_measure", "owed"),
    Move("owed", "epidemics.do_measure", "done"),
    Move("owed", "epidemics.drop_measure", "dropped"),
)
CHAIN_STATES = (
    State("to_bureau", ChainState.TO_BUREAU.label, "institution", HOP), State("to_government", ChainState.TO_GOVERNMENT.label, "health_bureau", HOP),
    State("told", ChainState.TOLD.label),
)  # fmt: skip
CHAIN_FLOW = (
    Move("", "epidemics.declare_emergency", "to_bureau"),
    Move("to_bureau", "epidemics.report_up", "to_government"),
    Move("to_government", "epidemics.report_up", "told"),
)


def hop_on(on: date) -> Limit:
    """From one link of the chain of an emergency to the next (A-52), as it holds on a day."""
    return Limit(hours("hop", on), "hour", basis=HOP_BASIS)


def follow_on(on: date) -> Limit:
    """A verified alert is dealt with within so many hours."""
    return Limit(hours("follow", on), "hour")


def alert_url(number: int) -> str:
    return reverse("epidemics:alert", args=[number])


def card_url(number: int) -> str:
    return reverse("epidemics:card", args=[number])


def outbreak_url(number: int) -> str:
    return reverse("epidemics:outbreak", args=[number])


def measure_url(number: int) -> str:
    return reverse("epidemics:measure", args=[number])


def register() -> None:
    """Called once by AppConfig.ready()."""
    register_flow(Flow(ALERT, _("聚集性预警"), Alert._meta.label_lower, alert_url, ALERT_STATES, ALERT_FLOW, elsewhere=("epidemics.close_outbreak",)))
    register_flow(Flow(CARD, _("传染病报告"), CaseReport._meta.label_lower, card_url, CARD_STATES, CARD_FLOW))
    register_flow(Flow(MEASURE, _("防控措施"), Measure._meta.label_lower, measure_url, MEASURE_STATES, MEASURE_FLOW))
    register_flow(Flow(CHAIN, _("突发公共卫生事件报告"), Outbreak._meta.label_lower, outbreak_url, CHAIN_STATES, CHAIN_FLOW))
