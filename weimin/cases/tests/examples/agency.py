"""One valid use of each action of agency and of papers."""

from weimin.actions.examples import Example
from weimin.cases.issuing import Paper
from weimin.cases.tests.agency_builders import drawn, make_agent, make_errand, make_held, make_mandate, mandate_data, put_case_under
from weimin.cases.tests.builders import make_case, version_for
from weimin.sites.tests.examples import village

ERRAND = {"what": "到社保所取证", "place": "县社保所", "planned_on": "2026-11-24"}
COLLECTED = {"name_0": "居民户口簿", "count_0": "1", "original_0": "on", "signed_by": "田小红"}


def written(actor, region):
    version_for("decide")
    return None, mandate_data(make_agent(village(region)), village(region))


def of_a_case(actor, region):
    """For a case that has a mandate already: refused."""
    case = put_case_under(make_mandate(village(region)))
    return f"c{case.pk}", mandate_data(make_agent(village(region)), village(region))


def under(**data):
    return lambda actor, region: (make_mandate(village(region)).pk, dict(data))


def ended(**data):
    facts = {"state": "revoked", "ended_at": "2026-11-20T00:00:00Z", "end_reason": "自己办"}
    return lambda actor, region: (make_mandate(village(region), **facts).pk, dict(data))


def attached(actor, region):
    return make_mandate(village(region)).pk, {"number": make_case(village(region), "decide").number}


def errand(actor, region):
    return make_errand(make_mandate(village(region))).pk, {"result": "已取到", "done_on": "2026-11-23"}


def held(actor, region):
    paper = make_held(make_mandate(village(region)))
    return paper.mandate_id, {f"paper_{paper.pk}": "1", "signed_by": "冉桂兰", "signature": drawn()}


def changed(actor, region):
    before, after = make_agent(village(region)), make_agent(village(region), name="冉光明")
    mandate = make_mandate(village(region), before)
    return before.pk, {"after": str(after.pk), "mandates": [str(mandate.pk)], "reason": "调离"}


def paper(state):
    return lambda actor, region: (Paper("acceptance", make_case(village(region), state)).pk, {})


EXAMPLES = {
    "cases.write_mandate": Example("window", written, wrong=of_a_case),
    "cases.attach_case": Example("window", attached, wrong=ended(number="1")),
    "cases.revoke_mandate": Example("window", under(reason="自己办")),
    "cases.finish_mandate": Example("window", under(note="已回访")),
    "cases.add_errand": Example("window", under(**ERRAND), wrong=ended(**ERRAND)),
    "cases.finish_errand": Example("village", errand),
    "cases.collect_papers": Example("village", under(**COLLECTED), wrong=ended(**COLLECTED)),
    "cases.return_papers": Example("village", held),
    "cases.change_agent": Example("township", changed),
    "cases.issue_paper": Example("window", paper("decide"), wrong=paper("received")),
}
