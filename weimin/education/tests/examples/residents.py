"""The letter, quizzes and kits."""

from __future__ import annotations

from typing import Any

from weimin.actions.examples import Example
from weimin.education.actions.kits import kinds_of
from weimin.education.models import KitStock
from weimin.education.tests.builders import NOW, make_activity, make_handout, make_institution, make_letter, make_quiz, stocked
from weimin.education.tests.examples.activities import Build, activity, at_institution, closed
from weimin.residents.tests.builders import make_household
from weimin.residents.tests.examples import village
from weimin.walls.actor import Actor

KITS = {"kind": "oil_pot", "quantity": "100", "on": "2026-11-20", "source": "区卫生局配发"}
HANDED = {"oil_pot": "on", "salt_spoon": "on", "received_by": "冉大山", "explained": "on", "on": "2026-11-20"}
LETTER = {"title": "致社区居民的一封信", "greeting": "居民朋友", "text": "欢迎建档。", "signed_by": "区卫生局", "signed_on": "2026-11-20"}
COUNTS = {"phase": "after", "people": "50", "correct_0": "45", "correct_1": "40", "on": "2026-11-20"}
COUNT = {"phase": "before", "question": "1", "answered": "50", "correct": "20", "on": "2026-11-20"}


def deliver(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    letter = make_letter()
    return None, {"letter": str(letter.pk), "place": str(village(region)), "way": "posted", "copies": "30", "on": "2026-11-20"}


def quiz(data: dict[str, Any], **over: Any) -> Build:
    return lambda actor, region: (make_quiz(make_activity(make_institution(village(region))), **over).pk, dict(data))


def with_quiz(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    return make_quiz(make_activity(make_institution(village(region)))).activity_id, {"questions": ["salt"]}


def hand_out(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    site, household = stocked(village(region))
    return household.pk, {**HANDED, "institution": str(site.pk)}


def held(data: dict[str, Any], **over: Any) -> Build:
    def build(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
        site, household = stocked(village(region))
        handout = make_handout(household, site, **over)
        for kind in kinds_of(handout):
            KitStock.objects.filter(institution=site.pk, kind=kind).update(handed=1)
        return handout.pk, dict(data)

    return build


def ended(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    site, _household = stocked(village(region))
    gone = make_household(village(region), status="ended", ended_on=NOW.date())
    return gone.pk, {**HANDED, "institution": str(site.pk)}


EXAMPLES = {
    "education.write_letter": Example("health_bureau", lambda actor, region: (None, dict(LETTER))),
    "education.record_letters": Example("institution", deliver),
    "education.make_quiz": Example("institution", activity({"questions": ["salt", "oil"], "prizes": "毛巾"}), wrong=with_quiz),
    "education.answer_quiz": Example(
        "institution", quiz({"phase": "before", "question_0": "0", "question_1": "2"}),
        wrong=quiz({"phase": "before", "question_0": "0", "question_1": "2"}, closed_at=NOW),
    ),
    "education.enter_counts": Example("institution", quiz(COUNTS), wrong=quiz(COUNTS, closed_at=NOW)),
    "education.enter_count": Example("institution", quiz(COUNT), wrong=quiz(COUNT, closed_at=NOW)),
    "education.close_quiz": Example("institution", quiz({"winners": "5", "prizes": "毛巾"})),
    "education.receive_kits": Example("institution", at_institution(KITS), wrong=closed(KITS)),
    "education.hand_out": Example("institution", hand_out, wrong=ended),
    "education.complete_kit": Example("institution", held({"on": "2026-11-23"}, salt_spoon=False)),
    "education.withdraw_kit": Example("institution", held({"reason": "登记错户"})),
}  # fmt: skip
