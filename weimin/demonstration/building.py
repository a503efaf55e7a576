# text: data
"""What both stories share once a site is under way: its people, its invoices, its acceptance, its payment."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from weimin.actions.models import Receipt
from weimin.buildout.models import Acceptance, Allocation, Project
from weimin.demonstration.files import document, photo
from weimin.demonstration.people import name_of
from weimin.demonstration.stage import Stage
from weimin.staffing.models import Nomination
from weimin.walls.session import entered

BACKGROUNDS = ["返乡创业青年", "大中专毕业生", "退伍军人", "种养大户", "专业合作社社员"]


def evidence_for(project: Project, state: str) -> dict[str, Any]:
    """One file per piece of required evidence of the step that reaches `state`."""
    pictures = {"before_photos": "before", "opening_photo": "opening"}
    step = next((step for step in project.plan.content.tier(project.tier).steps if step.reaches == state), None)
    return {
        f"evidence_{item.key}": photo(pictures.get(item.key, "result")) if item.kind == "photo" else document(item.label)
        for item in (step.evidence if step else []) if item.required
    }  # fmt: skip


def reread(stage: Stage, project: Project) -> Project:
    with entered(stage.whole):
        return Project.objects.select_related("plan", "site").get(pk=project.pk)


def made(receipt: Receipt) -> int:
    """The number of what an action made."""
    assert receipt.subject_id is not None
    return receipt.subject_id


def choose_operator(stage: Stage, project: Project, days_ago: int, *, decided: bool = True) -> None:
    """The partner nominates three; the township examines them and, when decided, refuses one and chooses another."""
    project = reread(stage, project)
    township, number = project.township, project.pk * 3
    found: list[int] = []
    for place in range(3):
        data = {
            "name": name_of(number + place + 40), "phone": f"138{(number + place) * 7919 % 10**8:08d}", "gender": "fm"[place % 2], "birth_year": str(1978 + (number + place) % 22),
            "background": BACKGROUNDS[(number + place) % 5], "opinion": "熟悉网购，愿意为乡亲服务。",
        }  # fmt: skip
        receipt = stage.act(("partner", township), "staffing.nominate", data, days_ago, target=project.site_id)
        found.append(made(receipt))
    if not decided:
        return
    operators = project.plan.content.operators_of(project.tier)
    keys = [row.key for row in operators.examination] if operators else []
    for place, nomination in enumerate(found):
        mark = {f"mark_{key}": "good" if place == 0 else "fair" for key in keys} | {f"remark_{key}": "走访了解" for key in keys}
        stage.act(("township", township), "staffing.examine", {**mark, "opinion": "已面谈"}, days_ago - 1, target=nomination)
    stage.act(("township", township), "staffing.refuse", {"reason": "近期外出务工，不能守站。"}, days_ago - 1, target=found[2])
    stage.act(("township", township), "staffing.choose", {"reason": "综合考察第一"}, days_ago - 2, target=found[0])
    certify(stage, found[0], project, days_ago - 8)


def certify(stage: Stage, nomination: int, project: Project, days_ago: int) -> None:
    with entered(stage.whole):
        worker = Nomination.objects.get(pk=nomination).worker_id
    on = stage.moment(days_ago).date()
    operators = project.plan.content.operators_of(project.tier)
    kind = operators.training.label if operators and operators.training else "上岗培训"
    data = {"kind": kind, "issued_on": on.isoformat(), "score": str(80 + nomination % 20), "number": f"PX-{nomination:05d}", "issued_by": stage.office}
    stage.act(("lead_office", stage.jurisdiction.code), "staffing.issue_certificate", data, days_ago, target=worker)


def invoice(stage: Stage, project: Project, who: tuple[str, int], yuan: int, days_ago: int) -> None:
    on = stage.moment(days_ago).date()
    data = {
        "number": f"{24000000000000000000 + project.pk * 7 + stage.jurisdiction.code % 97:020d}", "seller": "演示办公设备商行", "item": "电脑、货架、门头标识",
        "amount": str(yuan), "issued_on": on.isoformat(),
    }  # fmt: skip
    stage.act(who, "buildout.record_invoice", data, days_ago, target=project.pk, files={"scan": photo("invoice")})


def apply_acceptance(stage: Stage, project: Project, who: tuple[str, int], days_ago: int) -> None:
    """Applies with whatever the dossier still misses."""
    project = reread(stage, project)
    way = project.plan.content.acceptance_of(project.tier)
    assert way is not None  # only tiers with an acceptance come here
    missing = [item for item in way.dossier if not project.evidence.get(item.key)]
    files = {f"evidence_{item.key}": photo("result") if item.kind == "photo" else document(item.label) for item in missing}
    stage.act(who, "buildout.apply_acceptance", {"remark": ""}, days_ago, target=project.pk, files=files)


def inspect(stage: Stage, project: Project, days_ago: int, *, share: float, word: str = "") -> None:
    """Scores every item at `share` of its weight; with a low share the site has to mend or fails by the plan's own rules."""
    way = project.plan.content.acceptance_of(project.tier)
    assert way is not None  # only tiers with an acceptance come here
    data: dict[str, Any] = {"opinion": word or "现场检查，符合标准。", "signed_by": name_of(project.pk + 11)}
    files = {}
    for item in way.checklist:
        data[f"score_{item.key}"] = str(int(item.weight * share * 2) / 2)
        data[f"remark_{item.key}"] = word[:100]
        if item.photo:
            files[f"photo_{item.key}"] = photo("inspection")
    stage.act(("lead_office", stage.jurisdiction.code), "buildout.inspect", data, days_ago, target=project.pk, files=files)


def mend(stage: Stage, project: Project, who: tuple[str, int], days_ago: int) -> None:
    data = {"note": "标识已补做，设备已配齐，制度已上墙。"}
    stage.act(who, "buildout.report_rectified", data, days_ago, target=project.pk, files={"photo_1": photo("result")})


def outcome_of(stage: Stage, project: Project) -> str:
    with entered(stage.whole):
        return str(Acceptance.objects.filter(project=project).order_by("-round").values_list("outcome", flat=True).first())


def allocate(stage: Stage, budget: int, township: int, yuan: int, number: str, days_ago: int) -> None:
    data = {"township": str(township), "amount": str(yuan), "document_number": number}
    stage.act(("finance", stage.jurisdiction.code), "buildout.allocate", data, days_ago, target=budget)


def disburse(stage: Stage, project: Project, number: str, voucher: str, days_ago: int, payee: str = "") -> None:
    with entered(stage.whole):
        allocation = Allocation.objects.get(document_number=number, region=project.township, budget__tier=project.tier)
    data = {"allocation": str(allocation.pk), "voucher": voucher, "payee": payee}
    stage.act(("finance", stage.jurisdiction.code), "buildout.disburse", data, days_ago, target=project.pk)


def day_before(stage: Stage, days_ago: int) -> str:
    return (stage.today - timedelta(days=days_ago)).isoformat()
