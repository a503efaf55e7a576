"""Where to build: the fewest sites for a coverage target, or the most people for a budget, proven by HiGHS.

Both are solved in two rounds: first the number that counts, then, keeping it, for two seconds at most, the places with
the best criteria (rent-free, where people gather, easy to reach). Source of the question: plan 1, 三（一）1 and 三（二）1; row N4."""

from collections.abc import Mapping, Sequence
from math import ceil, floor
from time import monotonic
from typing import Literal

from django.utils.translation import gettext as _

from weimin.buildout.siting.model import CRITERIA, Candidate, Demand, Instance, Matrix, Solution, build
from weimin.buildout.siting.quick import quick_fewest, quick_most
from weimin.walls.later import Later

programs = Later("weimin.buildout.siting.program")  # HiGHS and numpy come with the first question

QUICK_SECONDS = 0.8
QUICK_GAP = 0.005
TIE_SECONDS = 2.0


def fewest_sites(
    demands: Sequence[Demand],
    candidates: Sequence[Candidate],
    distance_km: float,
    target: float,
    *,
    seconds: float = 10.0,
    quick: bool = False,
    matrix: Matrix | None = None,
    weights: Mapping[str, float] = CRITERIA,
) -> Solution:
    """The fewest new sites so that `target` percent of people (and every `must`) live within the distance.

    `quick` answers at once without proof. Straight lines unless `matrix` has road kilometres."""
    began = monotonic()
    instance = build(demands, candidates, distance_km, matrix=matrix, weights=weights)
    people = ceil(instance.total_people * target / 100 - 1e-9)
    if not _reachable(instance, people):
        return _infeasible(instance, target, began, seconds)
    start = quick_fewest(instance, people)
    program = programs.Program(instance, began + (QUICK_SECONDS if quick else seconds), musts=True, gap=QUICK_GAP if quick else 0)
    program.minimise_sites(people)
    first = program.run()
    if first.infeasible:
        return _infeasible(instance, target, began, seconds)
    chosen = min((sites for sites in (first.sites, start) if sites is not None), key=len, default=None)
    if chosen is None:
        return _nothing(instance, "unknown", _("时间用完还没有找到方案，请多给些时间。"), began)
    least = None if first.bound is None else float(max(0, ceil(first.bound - 1e-6)))
    if quick:
        return _answer(instance, chosen, "quick", least, began, least=True)
    second = programs.Program(instance, min(began + seconds, monotonic() + TIE_SECONDS), musts=True)
    second.keep_sites(people, len(chosen))
    best = second.run().sites or chosen
    proven = first.optimal or least == len(chosen)
    return _answer(instance, best, "optimal" if proven else "feasible", least, began, least=True)


def most_people(
    demands: Sequence[Demand],
    candidates: Sequence[Candidate],
    distance_km: float,
    budget_fen: int,
    *,
    seconds: float = 10.0,
    quick: bool = False,
    matrix: Matrix | None = None,
    weights: Mapping[str, float] = CRITERIA,
) -> Solution:
    """New sites that cost no more than the budget and reach the most people; `must` is not asked here."""
    began = monotonic()
    instance = build(demands, candidates, distance_km, matrix=matrix, weights=weights)
    start = quick_most(instance, budget_fen)
    program = programs.Program(instance, began + (QUICK_SECONDS if quick else seconds), musts=False, gap=QUICK_GAP if quick else 0)
    program.maximise_people(budget_fen)
    first = program.run()
    chosen = max(start, first.sites or start, key=lambda sites: _people(instance, sites))
    reached = _people(instance, chosen)
    most = None if first.bound is None else float(floor(first.bound + 1e-6) + instance.people(program.base))
    if quick:
        return _answer(instance, chosen, "quick", most, began, least=False)
    second = programs.Program(instance, min(began + seconds, monotonic() + TIE_SECONDS), musts=False)
    second.keep_people(budget_fen, reached)
    best = second.run().sites or chosen
    proven = first.optimal or most == reached
    return _answer(instance, best, "optimal" if proven else "feasible", most, began, least=False)


def _people(instance: Instance, sites: frozenset[int]) -> int:
    return instance.people(instance.covered(sites | instance.fixed))


def _reachable(instance: Instance, people: int) -> bool:
    """Whether all places together would do: a fast no, never a wrong one."""
    covered = instance.covered(frozenset(instance.free) | instance.fixed)
    return instance.people(covered) >= people and not _stranded(instance)


def _stranded(instance: Instance) -> list[int]:
    covered = instance.covered(frozenset(instance.free) | instance.fixed)
    return [number for number, demand in enumerate(instance.demands) if demand.must and number not in covered]


def _infeasible(instance: Instance, target: float, began: float, seconds: float) -> Solution:
    if stranded := _stranded(instance):
        names = "、".join(str(instance.demands[number].name or instance.demands[number].id) for number in stranded[:5])
        text = _("有 %(count)s 个必须覆盖的村在距离内没有候选点（%(names)s）。请给它们增加候选点或放宽距离。")
        return _nothing(instance, "infeasible", text % {"count": len(stranded), "names": names}, began)
    program = programs.Program(instance, began + seconds, musts=False)
    program.maximise_people(sum(place.cost_fen for place in instance.candidates))
    sites = program.run().sites or frozenset()
    people = _people(instance, sites)
    if people * 100 >= target * instance.total_people:
        text = _("必须覆盖的村和一村一点的限制合在一起无法满足。请增加候选点或放宽距离。")
        return _nothing(instance, "infeasible", text, began)
    share = floor(people * 1000 / instance.total_people) / 10 if instance.total_people else 0.0
    text = _("达不到 %(target)s%%：全部候选点最多覆盖 %(people)s 人，占 %(share)s%%。请增加候选点或放宽距离。")
    return _nothing(instance, "infeasible", text % {"target": f"{target:g}", "people": people, "share": f"{share:g}"}, began)


def _nothing(instance: Instance, status: Literal["infeasible", "unknown"], sentence: str, began: float) -> Solution:
    existing = tuple(place.id for place in instance.candidates if place.existing)
    covered = instance.covered(instance.fixed)
    ids = frozenset(instance.demands[number].id for number in covered)
    people, total = instance.people(covered), instance.total_people
    return Solution((), existing, ids, people, total, 0, status, None, None, monotonic() - began, sentence)


def _answer(
    instance: Instance,
    sites: frozenset[int],
    status: Literal["optimal", "feasible", "quick"],
    bound: float | None,
    began: float,
    *,
    least: bool,
) -> Solution:
    covered = instance.covered(sites | instance.fixed)
    people = instance.people(covered)
    reached = len(sites) if least else people
    gap = None if bound is None else abs(reached - bound) / max(1.0, float(reached))
    return Solution(
        chosen=tuple(instance.candidates[site].id for site in sorted(sites)),
        existing=tuple(place.id for place in instance.candidates if place.existing),
        covered=frozenset(instance.demands[number].id for number in covered),
        covered_people=people,
        total_people=instance.total_people,
        cost_fen=sum(instance.candidates[site].cost_fen for site in sites),
        status=status,
        bound=bound,
        gap=0.0 if status == "optimal" else gap,
        seconds=monotonic() - began,
        sentence=_sentence(status, len(sites), people, instance.total_people, gap),
    )


def _sentence(status: str, sites: int, people: int, total: int, gap: float | None) -> str:
    said = {"sites": sites, "people": people, "share": f"{floor(people * 1000 / total) / 10 if total else 0.0:g}"}
    text = _("新建 %(sites)s 个站点，覆盖 %(people)s 人，占 %(share)s%%。") % said
    if status == "optimal":
        return text + _("已证明这是最好的方案。")
    if status == "quick":
        text += _("这是快速方案，没有证明最优。")
    else:
        text += _("时间用完，没有证明最优。")
    if gap is None:
        return text
    return text + _("离最好的方案最多还差 %(gap)s%%。") % {"gap": ceil(gap * 1000) / 10}
