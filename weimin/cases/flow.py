"""The way of a case, and the small ways beside it: an office's opinion, an extension that somebody must approve."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from weimin.calendars.clock import Limit
from weimin.cases.models import STAGES, Case, CaseState, Extension, JointReview
from weimin.flows.registry import Flow, Move, State, register_flow

CASE, OPINION, EXTENSION = "case", "case_opinion", "case_extension"
TELL = Limit(5, "workday", "行政许可法第三十二条")  # text: data
STAGE = [str(state.value) for state in STAGES]
DESKS = {
    "received": "window", "supplement": "window", "review": "township", "site_check": "township", "joint_review": "township",
    "public_notice": "township", "decide": "township", "certificate": "township", "deliver": "window",
}  # fmt: skip
ENTERED = ("received", "supplement", "delivered", "not_needed", "not_competent", *STAGE)
LIMITS = {"received": TELL}
STATES = tuple(State(str(state.value), state.label, DESKS.get(str(state.value), ""), LIMITS.get(str(state.value))) for state in CaseState)
FORWARD = {
    "cases.pass_on": ("review",), "cases.check_site": ("site_check",), "cases.sum_up": ("joint_review",), "cases.close_notice": ("public_notice",),
    "cases.decide": ("decide",), "cases.make_result": ("certificate",),
}  # fmt: skip
RESUMED_BY = dict.fromkeys((state for state in STAGE if state != "public_notice"), "cases.resume")  # a public notice ends by its own action
# The first of a state is what usually comes next: the workbench opens it. Where a stage may lead: the order is the item's own, so any stage may follow another.
MOVES = (
    *(Move("", "cases.receive", state) for state in ENTERED),
    Move("", "cases.apply_online", "received"),
    *(Move("", "cases.receive_bundle", state) for state in ("supplement", *STAGE)),
    *(Move("received", "cases.accept", state) for state in STAGE),
    *(Move("received", "cases.deem_accepted", state) for state in STAGE),
    Move("received", "cases.finish", "delivered"),
    *(Move(start, action, end) for action, starts in FORWARD.items() for start in starts for end in STAGE),
    Move("deliver", "cases.deliver", "delivered"),
    *(Move(state, "cases.tell_missing", "supplement") for state in ("received", *STAGE)),
    *(Move("supplement", "cases.supplement", state) for state in ("received", *STAGE)),
    *(Move(state, "cases.decline", end) for state in ("received", "supplement") for end in ("declined", "not_needed", "not_competent")),
    *(Move(state, "cases.send_back", earlier) for state in STAGE for earlier in STAGE),
    *(Move(state, "cases.transfer", state) for state in ("received", "supplement", *STAGE)),
    Move("delivered", "cases.settle", "archived"),
    *(Move("delivered", "cases.reopen", state) for state in STAGE),
    *(Move(state, action, "withdrawn") for action in ("cases.withdraw", "cases.lapse") for state in ("received", "supplement", *STAGE)),
)


def case_url(number: int) -> str:
    return reverse("cases:case", args=[number])


def review_url(number: int) -> str:
    return reverse("cases:review", args=[number])


def extension_url(number: int) -> str:
    return reverse("cases:extension", args=[number])


def register() -> None:
    """Called once by AppConfig.ready()."""
    register_flow(Flow(CASE, _("办件"), Case._meta.label_lower, case_url, STATES, MOVES, own_clock=True, resumed_by=RESUMED_BY))
    asked = (State("asked", _("待答复"), "county_office", Limit(5, "workday")), State("answered", _("已答复")))
    register_flow(
        Flow(
            OPINION, _("会审意见"), JointReview._meta.label_lower, review_url, asked,
            (Move("", "cases.ask_offices", "asked"), Move("asked", "cases.answer_office", "answered")),
        )
    )  # fmt: skip
    wanted = (State("asked", _("待批准"), "lead_office", Limit(2, "workday")), State("granted", _("已批准")), State("denied", _("未批准")))
    register_flow(
        Flow(
            EXTENSION, _("延期审批"), Extension._meta.label_lower, extension_url, wanted,
            (
                Move("", "cases.ask_extension", "asked"), Move("asked", "cases.grant_extension", "granted"),
                Move("asked", "cases.deny_extension", "denied"),
            ),
        )
    )  # fmt: skip
