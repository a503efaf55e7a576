# text: data
"""Who lives there: invented residents, a few of them in groups that are visited, one visit overdue."""

from __future__ import annotations

from weimin.demonstration.stage import Stage
from weimin.demonstration.town import Town
from weimin.residents.models import GroupMembership, Resident
from weimin.residents.visiting import call_for_visits
from weimin.trail.record import record
from weimin.walls.later import Later
from weimin.walls.session import entered

inventing = Later("weimin.residents.inventing.settling")
SEED = 1
# kind of group, since how many days, what is said of it; the first has not been visited for too long
GROUPS = [
    ("living_alone", 45, "子女在外省务工，独居"), ("extreme_poverty", 26, "分散供养，生活能自理"), ("disabled", 40, "肢体三级"),
    ("living_alone", 20, "老伴去世，独居"),
]  # fmt: skip


def settle(stage: Stage, town: Town) -> None:
    """Everybody in one go, marked as demonstration data; the trail says how many."""
    with entered(stage.whole):
        count = inventing.invent(town.settled, town.per_village, SEED, stage.today)
        after = {"count": count, "seed": SEED}
        record(
            stage.whole,
            "residents.invent",
            subject_type="residents.resident",
            subject_id=None,
            region=stage.jurisdiction.code,
            now=stage.moment(200),
            after=after,
        )


def in_no_group(stage: Stage, town: Town) -> Resident:
    """The next person whom the invention has put into no group."""
    while True:
        who = town.someone(stage)
        with entered(stage.whole):
            if not GroupMembership.objects.filter(resident=who).exists():
                return who


def care(stage: Stage, town: Town) -> None:
    """The village clerk enters who is to be visited, visits one, and is reminded of the others."""
    for kind, days_ago, detail in GROUPS:
        who = in_no_group(stage, town)
        since = stage.moment(days_ago).date().isoformat()
        stage.act(town.village, "residents.add_group", {"kind": kind, "detail": detail, "since_on": since, "proof": "入户走访"}, days_ago, target=who.pk)
    visit = {"on": stage.moment(6).date().isoformat(), "way": "home", "found": "身体尚好，米油充足；电灯开关松动，已请电工。", "needs": "冬天取暖"}
    stage.act(town.village, "residents.record_visit", visit, 6, target=who.pk)
    with entered(stage.whole):
        call_for_visits(stage.today, stage.moment(0))
