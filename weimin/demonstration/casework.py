# text: data
"""Cases on the way: each stands where the calendar has brought it today, so that one is late, some are near, some wait.

A case is told as a list of (action, days ago, input) after it came in; the desk follows from the item's own way.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from weimin.cases.models import Case, JointReview, PaperKind
from weimin.cases.rules_papers import choices_for
from weimin.catalogue.files import shipped
from weimin.demonstration.building import made
from weimin.demonstration.files import photo, signature
from weimin.demonstration.stage import Stage, Who
from weimin.demonstration.town import Town
from weimin.walls.session import entered

AID, CARE, CARD, HOUSE, LIFE_PROOF, PENSION, INSURED = "CV0005", "CV0003", "LV0008", "LV0401", "LV0003", "LV0001", "LV0101"
CHECKED = ("cases.check_site", {"people": "冉建国、白秀兰", "passed": "yes", "findings": "入户核对，情况与申请一致。"})
PASSED = ("cases.pass_on", {"opinion": "材料齐全，符合条件。"})
GRANTED = ("cases.decide", {"outcome": "granted", "result": "给予一次性临时救助 3000 元，打入本人银行卡。"})
HANDED = ("cases.deliver", {"way": "pickup", "to": "self"})
POSTED = ("cases.deliver", {"way": "post", "to": "self", "carrier": "中国邮政 EMS", "tracking": "EX123456785CN"})


@cache
def item(code: str) -> Any:
    return next(content for content in shipped() if content.code == code)


def papers(code: str, **unlike: str) -> dict[str, Any]:
    """Everything received, or replaced or not needed where the list says so, but for what is named (key → status)."""
    found = {}
    for material in item(code).materials:
        choices = choices_for(material)
        usual = "exempt" if material.shared else "received" if material.required else "unneeded"
        found[f"m_{material.key}"] = unlike.get(material.key, usual if usual in choices else "received")
    return found


@dataclass
class Work:
    """The desks of a town at work on cases."""

    stage: Stage
    town: Town

    @property
    def desks(self) -> dict[str, Who]:
        town = self.town
        return {"window": town.window, "village": town.village, "township": town.township, "county_office": town.county}

    def begin(self, front: str, code: str, days_ago: int, *, verdict: str = "accept", who: int = 0, unlike: dict[str, str] | None = None, **more: Any) -> int:
        """Somebody applies at a front desk; the number of the case."""
        resident = who or self.town.someone(self.stage).pk
        data = {"resident": str(resident), "verdict": verdict, "told_how": "in_person", **papers(code, **(unlike or {})), **more}
        return made(self.stage.act(self.desks[front], "cases.receive", data, days_ago, target=code))

    def go_on(self, case: int, *steps: tuple[tuple[str, dict[str, Any]], int]) -> int:
        """Each step by the desk that has the case on that day."""
        for (name, given), days_ago in steps:
            with entered(self.stage.whole):
                desk = Case.objects.values_list("desk_now", flat=True).get(pk=case)
            data, files = dict(given), {}
            if name == "cases.check_site":
                data["checked_on"], files = self.stage.moment(days_ago).date().isoformat(), {"photo": photo("inspection", "现场照片")}
            if name == "cases.deliver" and given["way"] != "post":
                data, files = (data, {"photo": photo("opening", "签收单照片")}) if desk == "village" else (data | {"signature": signature()}, {})
            self.stage.act(self.desks[desk], name, data, days_ago, target=case, files=files)
        return case

    def paper(self, desk: str, case: int, kind: PaperKind, days_ago: int) -> None:
        self.stage.act(self.desks[desk], "cases.issue_paper", {}, days_ago, target=f"c{case}-{kind.value}-0")

    def aid(self, front: str, *days: int) -> int:
        """Help in need as far as the days go: received, checked on the spot, reviewed, decided, handed over."""
        steps = list(zip((CHECKED, PASSED, GRANTED, HANDED), days[1:], strict=False))
        return self.go_on(self.begin(front, AID, days[0]), *steps)


def under_way(work: Work) -> None:
    """Late, near their day, waiting for a paper, promised a paper, in notice, at the county."""
    stage = work.stage
    work.aid("window", 36)  # late, whatever holidays lie between, with the township
    work.aid("village", 20, 16, 13)  # near its day at the county
    work.go_on(work.aid("window", 16, 12), (("cases.ask_extension", {"value": "3", "reason": "申请人在外务工，核对收入需要时间。"}), 1))
    work.aid("village", 7)
    work.aid("window", 9, 6, 4)
    work.begin("window", AID, 4, verdict="tell", unlike={"expense_proof": "missing", "funds_commitment": "missing"})
    stopped = work.aid("village", 12, 8)
    work.stage.act(
        work.town.township,
        "cases.tell_missing",
        papers(AID, expense_proof="missing") | {"told_how": "phone", "reason": "票据看不清，请重新拍照"},
        6,
        target=stopped,
    )
    until = (stage.today + timedelta(days=4)).isoformat()
    work.begin("window", AID, 3, unlike={"bank_account": "deferred"}, until_bank_account=until)
    in_notice = work.go_on(work.begin("village", CARE, 21), (CHECKED, 12))
    post = {"place": "村务公开栏", "text": "特困供养认定公示：1 户 1 人，拟分散供养。", "days": "7"}
    work.go_on(in_notice, (("cases.post_notice", post), 3))
    work.go_on(work.aid("village", 13, 10), (("cases.pause", {"kind": "appraisal", "reason": "票据真伪请医院核对"}), 5))


def other_ways(work: Work) -> None:
    """Held, from the portal, with several offices, ended without a decision, refused, as a card that is being made."""
    stage, town = work.stage, work.town
    work.begin("window", PENSION, 3, verdict="hold")
    applicant = town.someone(stage)
    stage.act(town.window, "cases.apply_online", {"resident": str(applicant.pk), "phone": "15400001215", **papers(PENSION)}, 0, target=PENSION)
    house = work.begin("village", HOUSE, 24)
    post = {"place": "村务公开栏", "text": "宅基地申请公示：原址翻建，占地 120 平方米。", "days": "5"}
    work.go_on(house, (("cases.post_notice", post), 23), (("cases.close_notice", {"objection": "none"}), 14), (CHECKED, 11))
    for office, role in (("自然资源所", "township"), ("县农业农村委", "county_office")):
        stage.act(town.township, "cases.ask_offices", {"office": office, "role": role}, 8, target=house)
    with entered(stage.whole):
        asked = JointReview.objects.filter(case=house, role="township").values_list("pk", flat=True).get()
    stage.act(town.township, "cases.answer_office", {"answer": "agree", "opinion": "符合村庄规划"}, 5, target=asked)
    made_card = {"outcome": "granted", "result": "同意制发社会保障卡。"}
    work.go_on(work.begin("window", CARD, 8), (PASSED, 6), (("cases.decide", made_card), 3))
    work.begin("window", "LV0402", 5, verdict="not_competent", reason="房屋在城区，请到县规划和自然资源局窗口办理。")
    stage.act(town.window, "cases.withdraw", {"reason": "家里已经商量好，不办了"}, 6, target=work.begin("window", PENSION, 9))
    refusal = {"outcome": "refused", "result": "", "reason": "家庭人均收入超过当地标准，依据《社会救助暂行办法》第四十七条。"}
    work.go_on(work.aid("village", 19, 15, 12), (("cases.decide", refusal), 7))
    for days_ago in (0, 1, 2, 5, 8):
        done = work.begin("window", LIFE_PROOF if days_ago % 2 else INSURED, days_ago, verdict="finish", result="已当场办结。", signature=signature())
        if days_ago:
            grade = {"grade": "4" if days_ago % 2 else "5", "tags": ["fast"], "words": "", "channel": "device"}
            stage.act(town.window, "cases.rate", grade, days_ago, target=done)
