# text: data
"""How cases end: handed over, rated well or badly, mended; and one that a village clerk does under a mandate."""

from __future__ import annotations

from datetime import timedelta

from weimin.cases.models import Case, PaperKind
from weimin.demonstration.building import made
from weimin.demonstration.casework import AID, CHECKED, POSTED, Work, other_ways, under_way
from weimin.demonstration.files import photo
from weimin.walls.session import entered

TWICE = {"grade": "2", "tags": ["again_and_again"], "words": "前后跑了三趟镇上。", "channel": "device"}


def delivered(work: Work) -> None:
    """One waits for its rating with all its papers, one is rated well, one badly; a bad one of before is mended and called back."""
    stage, town = work.stage, work.town
    waits = work.aid("window", 26, 22, 19, 12, 8)
    for kind, days_ago in ((PaperKind.ACCEPTANCE, 26), (PaperKind.RESULT, 8)):
        work.paper("window", waits, kind, days_ago)
    well = work.aid("village", 33, 29, 27, 22, 19)
    stage.act(town.village, "cases.rate", {"grade": "5", "tags": ["near", "kind"], "words": "在村里就办好了", "channel": "device"}, 18, target=well)
    badly = work.aid("window", 27, 23, 20, 13, 6)
    stage.act(town.window, "cases.rate", TWICE, 0, target=badly)
    mended = work.aid("window", 40, 36, 33, 29, 26)
    rating = made(stage.act(town.window, "cases.rate", TWICE, 25, target=mended))
    finding = {"reached": "yes", "finding": "mend", "note": "材料清单没有一次说全。"}
    stage.act(town.office, "cases.verify_rating", finding, 24, target=rating)
    stage.act(town.county, "cases.mend_rating", {"mending": "向本人道歉；窗口改用系统清单，当场打印一次告知书。"}, 18, target=rating)
    stage.act(town.office, "cases.call_back", {"satisfied": "yes", "note": "本人表示满意。"}, 15, target=rating)
    stage.act(town.window, "cases.settle", {"note": "本人认可"}, 14, target=mended)
    by_post_and_net(work)


def by_post_and_net(work: Work) -> None:
    """One result went by post, one lies on the net and waits to be opened, for one the resident was told to come."""
    work.go_on(work.aid("window", 24, 20, 17, 11), (POSTED, 9))
    net = work.aid("window", 20, 16, 13, 7)
    work.stage.act(work.town.window, "cases.send_online", {"note": "救助金三个工作日内到账。"}, 6, target=net)
    told = work.aid("window", 17, 14, 11, 5)
    work.stage.act(work.town.window, "cases.tell_ready", {"told_how": "phone", "said": "本人接听，说赶场天来领"}, 4, target=told)


def by_mandate(work: Work) -> None:
    """An old resident has the village clerk go for them: mandate with a photo, papers taken, one errand run, one open."""
    stage, town = work.stage, work.town
    clerk = stage.seats[town.village].actor
    principal = town.someone(stage)
    today = stage.today
    data = {
        "agent_kind": "clerk", "agent": str(clerk.person), "items": [AID], "powers": ["submit", "supplement", "receive_notice"],
        "starts_on": (today - timedelta(days=11)).isoformat(), "until_on": (today + timedelta(days=150)).isoformat(),
    }  # fmt: skip
    files = {"signed_paper": photo("before", "签名的委托书"), "photo": photo("opening", "当面照片")}
    mandate = made(stage.act(town.village, "cases.write_mandate", data, 11, target=f"r{principal.pk}", files=files))
    stage.act(town.village, "cases.issue_paper", {}, 11, target=f"m{mandate}-{PaperKind.MANDATE.value}-0")
    taken = {
        "name_0": "居民户口簿",
        "count_0": "1",
        "original_0": "on",
        "name_1": "医疗费票据",
        "count_1": "3",
        "original_1": "on",
        "signed_by": principal.name,
    }
    stage.act(town.village, "cases.collect_papers", taken, 10, target=mandate, files={"photo": photo("before", "交接单照片")})
    case = work.go_on(work.begin("village", AID, 10, who=principal.pk, channel="agency"), (CHECKED, 5))
    stage.act(town.village, "cases.attach_case", {"number": number_of(work, case)}, 9, target=mandate)
    errands = [("到医院补盖票据章", "县人民医院", 7), ("送收入核对表", "县民政局", -1)]
    done = [
        made(
            stage.act(
                town.village, "cases.add_errand", {"what": what, "place": place, "planned_on": (today - timedelta(days=ago)).isoformat()}, 8, target=mandate
            )
        )
        for what, place, ago in errands
    ]
    stage.act(town.village, "cases.finish_errand", {"result": "已补盖", "done_on": stage.moment(7).date().isoformat()}, 6, target=done[0])


def number_of(work: Work, case: int) -> str:
    with entered(work.stage.whole):
        return Case.objects.values_list("number", flat=True).get(pk=case)


def work_on_cases(work: Work) -> None:
    """All of it, in the order of a busy month."""
    by_mandate(work)
    delivered(work)
    under_way(work)
    other_ways(work)
