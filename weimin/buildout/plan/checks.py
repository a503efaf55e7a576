"""What must hold between the parts of a plan. Works on sound plans and on loose ones (None where a value was bad)."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from weimin.buildout.plan.network import STATES, Tier, Where
from weimin.buildout.plan.schema import Plan
from weimin.yamlfiles.problems import Path

Found = Iterator[tuple[Path, str]]
LEVEL_SPAN = {"county": 10**6, "township": 10**3, "village": 1}


def contradictions(plan: Plan) -> Found:
    """(path, sentence) for everything that contradicts something else in the plan."""
    for check in (dates, tiers, batches, numbers, money, quality, people):
        yield from check(plan)


def each(path: Path, entries: Sequence[Any]) -> Iterator[tuple[Path, Any]]:
    """The sound entries of a list with their paths."""
    return (((*path, number), entry) for number, entry in enumerate(entries) if entry is not None)


def exceeds(first: Any, second: Any) -> bool:
    """first > second where both are known."""
    return first is not None and second is not None and first > second


def dates(plan: Plan) -> Found:
    """Starts before ends; the steps of a tier, its stages and its batches in order."""
    for path, tier in each(("tiers",), plan.tiers):
        for where, step in each((*path, "steps"), tier.steps):
            if exceeds(step.starts_on, step.due_on):
                yield (
                    (*where, "due_on"),
                    _("完成期限 %(due)s 早于开始日期 %(start)s。") % {"due": step.due_on, "start": step.starts_on},
                )
        yield from _steps_in_order(path, tier)
        yield from _rising((*path, "stages"), tier.stages)
    issued = plan.meta.issued_on if plan.meta else None
    for path, dated in [*each(("goals",), plan.goals), *each(("batches",), plan.batches)]:
        if exceeds(issued, dated.due_on):
            yield (
                (*path, "due_on"),
                _("期限 %(due)s 早于印发日期 %(issued)s。") % {"due": dated.due_on, "issued": issued},
            )
    pilots = [batch for _path, batch in each((), plan.batches) if batch.pilot]
    for path, batch in each(("batches",), plan.batches):
        if any(pilot.tier == batch.tier and exceeds(pilot.due_on, batch.due_on) for pilot in pilots):
            yield (*path, "due_on"), _("期限早于示范点的期限，示范点应当先建成。")


def _steps_in_order(path: Path, tier: Tier) -> Found:
    latest, label = None, ""
    state = -1
    for where, step in each((*path, "steps"), tier.steps):
        if step.reaches and STATES.index(step.reaches) < state:
            yield (
                (*where, "reaches"),
                _("步骤的状态倒退了：“%(state)s”应当排在前面的步骤里。") % {"state": step.reaches},
            )
        state = max(state, STATES.index(step.reaches) if step.reaches else -1)
        if step.subject == "operator":
            continue
        if exceeds(latest, step.due_on):
            text = _("完成期限 %(due)s 早于前一步“%(label)s”的期限 %(latest)s。")
            yield (*where, "due_on"), text % {"due": step.due_on, "label": label, "latest": latest}
        elif step.due_on:
            latest, label = step.due_on, step.label


def _rising(path: Path, stages: Sequence[Any]) -> Found:
    known = list(each(path, stages))
    for (_before, first), (where, second) in zip(known, known[1:], strict=False):
        if exceeds(first.count, second.count):
            yield (*where, "count"), _("累计数比前一期少了，应当逐期增加。")
        if exceeds(first.due_on, second.due_on):
            yield (*where, "due_on"), _("期限早于前一期。")


def tiers(plan: Plan) -> Found:
    """Rules of place are complete; limits by batch have batches to count from; names take the region."""
    for path, tier in each(("tiers",), plan.tiers):
        if tier.where:
            yield from _where(plan, (*path, "where"), tier.where, tier.level)
        if tier.name_pattern and not _fits(tier.name_pattern):
            yield (*path, "name_pattern"), _("名称样式里要有且只有 {region}，系统在那里填区域名。")
        has_batches = any(batch.tier == tier.key for _path, batch in each((), plan.batches))
        for where, step in each((*path, "steps"), tier.steps):
            if step.days_before_batch is None:
                continue
            if step.due_on:
                yield (*where, "days_before_batch"), _("due_on 和 days_before_batch 只能写一个。")
            elif not has_batches:
                yield (*where, "days_before_batch"), _("这一层级没有批次，不能按批次倒排期限。")
        if tier.build and not tier.steps:
            yield path, _("要建设的层级至少要有一个步骤；不安排建设请写 build: false。")
        if tier.own_count and exceeds(tier.own_count.existing, tier.own_count.total):
            yield (*path, "own_count", "existing"), _("已建成数大于总数。")


def _fits(pattern: str) -> bool:
    return pattern.count("{region}") == 1 and "{" not in pattern.replace("{region}", "")


def _where(plan: Plan, path: Path, where: Where, level: str | None) -> Found:
    if where.rule == "coverage" and where.coverage is None:
        yield path, _("按覆盖率计算时必须写 coverage，例如 coverage: 85%。")
    if where.rule == "named" and not where.regions:
        yield path, _("列名时必须写 regions。")
    if where.rule in ("all", "coverage") and where.regions:
        yield (*path, "regions"), _("只有 rule: named 才写 regions。")
    if "poverty_village" in where.must_include and level not in ("village", None):
        yield (*path, "must_include"), _("贫困村标记只用于村级站点。")
    yield from _codes(plan, (*path, "regions"), where.regions, level)


def _codes(plan: Plan, path: Path, codes: Sequence[int], level: str | None) -> Found:
    for number, code in enumerate(codes):
        if plan.meta and plan.meta.region and not plan.meta.low <= code <= plan.meta.high:
            text = _("%(code)s 不在方案的辖区 %(region)s 之内。")
            yield (*path, number), text % {"code": code, "region": plan.meta.region}
        elif level and (code % LEVEL_SPAN[level] or (level != "county" and code % (LEVEL_SPAN[level] * 1000) == 0)):
            yield (*path, number), _("%(code)s 不是这一层级的区划代码。") % {"code": code}
        elif code in codes[:number]:
            yield (*path, number), _("%(code)s 写了两次。") % {"code": code}


def batches(plan: Plan) -> Found:
    """Each batch says whom it takes in one way; no region is in two batches; one rest per tier."""
    levels = {tier.key: tier.level for _path, tier in each((), plan.tiers)}
    taken: dict[tuple[str, int], str] = {}
    rests: set[str] = set()
    for path, batch in each(("batches",), plan.batches):
        if sum((bool(batch.regions), batch.count is not None, bool(batch.rest))) != 1:
            yield path, _("批次要写 regions（列名）、count（只定数量）、rest: true（其余全部）三者之一。")
        yield from _codes(plan, (*path, "regions"), batch.regions, levels.get(batch.tier))
        for number, code in enumerate(batch.regions):
            other = taken.setdefault((batch.tier, code), batch.key)
            if other != batch.key:
                text = _("%(code)s 已经在批次“%(other)s”里。")
                yield (*path, "regions", number), text % {"code": code, "other": other}
        if batch.rest and batch.tier in rests:
            yield (*path, "rest"), _("同一层级只能有一个“其余全部”的批次。")
        rests |= {batch.tier} if batch.rest else set()


def numbers(plan: Plan) -> Found:
    """Goals: shares within 100 %, ranges the right way round, nothing more standing than wanted."""
    for path, goal in each(("goals",), plan.goals):
        for name in ("target", "target_most", "baseline"):
            if goal.unit == "%" and exceeds(getattr(goal, name), 100):
                yield (*path, name), _("百分比应在 0 到 100 之间。")
        if exceeds(goal.target, goal.target_most):
            yield (*path, "target_most"), _("上限小于 target。")
        if goal.direction == "up" and exceeds(goal.baseline, goal.target_most or goal.target):
            yield (*path, "baseline"), _("已有数大于目标数。")
        if goal.batch and goal.tier not in [batch.tier for batch in plan.batches if batch.key == goal.batch]:
            yield (*path, "batch"), _("批次不属于这个目标的 tier。")


def money(plan: Plan) -> Found:
    """No site is paid twice: subsidies of one tier must not overlap in township class."""
    known = list(each(("subsidies",), plan.subsidies))
    for number, (path, second) in enumerate(known):
        for _where_first, first in known[:number]:
            overlap = first.township_class == second.township_class or "any" in (
                first.township_class,
                second.township_class,
            )
            if first.tier == second.tier and overlap:
                text = _("同一站点会领两次补助：与“%(first)s”的层级和乡镇类别重叠。")
                yield (*path, "township_class"), text % {"first": first.label}


def quality(plan: Plan) -> Found:
    """Checklists add up to 100 and outcomes fall from high to low; a tier has one way of acceptance."""
    seen: set[str] = set()
    for path, way in each(("acceptance",), plan.acceptance):
        total = sum(item.weight or 0 for _path, item in each((), way.checklist))
        if way.checklist and total != 100:
            yield (*path, "checklist"), _("检查表的分值合计 %(total)s，应为 100。") % {"total": total}
        known = list(each((*path, "outcomes"), way.outcomes))
        for (_before, first), (where, second) in zip(known, known[1:], strict=False):
            if exceeds(second.min_score, first.min_score):
                yield (*where, "min_score"), _("结论要按分数从高到低排列。")
        for where, outcome in known:
            if outcome.result == "passed" and exceeds(way.pass_mark, outcome.min_score):
                yield (*where, "min_score"), _("合格的分数低于合格分 pass_mark。")
        for number, tier in enumerate(way.tiers):
            if tier in seen:
                yield (*path, "tiers", number), _("这一层级已经有验收办法了。")
            seen.add(tier)


def people(plan: Plan) -> Found:
    """Nominations the right way round; one leader; the office's director sits in the group; bulletins know when."""
    for path, group in each(("operators",), plan.operators):
        if group.nomination and exceeds(group.nomination.least, group.nomination.most):
            yield (*path, "nomination", "most"), _("最多人数小于最少人数。")
    if group := plan.leading_group:
        members = [member for _path, member in each((), group.members)]
        if members and sum(member.seat == "leader" for member in members) != 1:
            yield ("leading_group", "members"), _("领导小组要有且只有一名组长。")
        director = group.office.director if group.office else ""
        if director and director not in [member.name for member in members]:
            yield (
                ("leading_group", "office", "director"),
                _("办公室主任“%(name)s”不在领导小组名单里。") % {"name": director},
            )
    for path, bulletin in each(("bulletins",), plan.bulletins):
        if sum(value is not None for value in (bulletin.batch, bulletin.on, bulletin.every_days)) != 1:
            yield path, _("通报时间要写 batch（批次到期时）、on（日期）、every_days（每隔几天）三者之一。")
