"""One valid use of each action on ratings."""

from weimin.actions.examples import Example
from weimin.cases.tests.builders import make_case
from weimin.cases.tests.rating_builders import RATED, make_rating
from weimin.sites.tests.examples import village

VERIFIED = {"reached": "yes", "finding": "mend", "note": "属实"}


def rated(state, **data):
    return lambda actor, region: (make_rating(village(region), state).pk, dict(data))


def to_rate(actor, region):
    return make_case(village(region), "delivered").pk, dict(RATED)


def not_ended(actor, region):
    return make_case(village(region), "review").pk, dict(RATED)


def without_phone(actor, region):
    return make_rating(village(region), "contact", rater_phone=None, named=False).pk, {"reason": "联系核实"}


def nameless(actor, region):
    return make_rating(village(region), "contact", named=False).pk, {"note": "无人接听"}


EXAMPLES = {
    "cases.rate": Example("window", to_rate, wrong=not_ended),
    "cases.log_contact": Example("lead_office", rated("contact", note="无人接听"), wrong=nameless),
    "cases.verify_rating": Example("lead_office", rated("contact", **VERIFIED)),
    "cases.mend_rating": Example("township", rated("mend", mending="当面致歉")),
    "cases.appeal_rating": Example("township", rated("mend", appeal="与本岗位无关")),
    "cases.answer_appeal": Example("lead_office", rated("appeal", accepted="no", answer="经核查")),
    "cases.call_back": Example("lead_office", rated("call_back", satisfied="yes", note="表示满意")),
    "cases.show_rater": Example("lead_office", rated("contact", reason="联系核实"), wrong=without_phone),
}
