"""Good answers at once: greedy, then prune and swap. What stands when the solver has no better one in time."""

from collections.abc import Callable
from time import monotonic

from weimin.buildout.siting.model import Instance

SWAP_SECONDS = 0.1


def quick_fewest(instance: Instance, people: int) -> frozenset[int] | None:
    """New sites that cover `people` and every `must`; None when greedy finds none."""
    musts = {number for number, demand in enumerate(instance.demands) if demand.must}
    missing = musts - instance.covered(instance.fixed)
    chosen = _grow(instance, frozenset(), lambda covered: not missing - covered, lambda gain, _c: gain, only=missing)
    chosen = _grow(instance, chosen, lambda covered: instance.people(covered) >= people, lambda gain, _c: gain)
    covered = instance.covered(chosen | instance.fixed)
    if musts - covered or instance.people(covered) < people:
        return None
    return _pruned(instance, chosen, people, musts)


def quick_most(instance: Instance, budget_fen: int) -> frozenset[int]:
    """New sites within a budget that cover many people: the better of most people and most people per fen."""
    costs = [place.cost_fen for place in instance.candidates]
    answers = [
        _grow(instance, frozenset(), lambda _covered: False, rate, budget_fen=budget_fen)
        for rate in (lambda gain, _c: gain, lambda gain, c: gain / (costs[c] or 1))
    ]
    best = max(answers, key=lambda sites: instance.people(instance.covered(sites | instance.fixed)))
    return _swapped(instance, best, budget_fen)


def _grow(
    instance: Instance,
    start: frozenset[int],
    done: Callable[[set[int]], bool],
    rate: Callable[[int, int], float],
    *,
    budget_fen: int | None = None,
    only: set[int] | None = None,
) -> frozenset[int]:
    """Adds the best-rated place again and again. `only` counts demands instead of people, of that set."""
    chosen, covered = set(start), instance.covered(start | instance.fixed)
    left = set(instance.free) - chosen - _blocked(instance, chosen)
    spent = sum(instance.candidates[site].cost_fen for site in chosen)
    while left and not done(covered):
        if budget_fen is not None:
            left = {site for site in left if spent + instance.candidates[site].cost_fen <= budget_fen}
        best, value = -1, (0.0, 0.0)
        for site in left:
            new = instance.reach[site] - covered
            gain = len(new & only) if only is not None else instance.people(new)
            if gain and (rate(gain, site), instance.merit[site]) > value:
                best, value = site, (rate(gain, site), instance.merit[site])
        if best < 0:
            break
        chosen.add(best)
        covered |= instance.reach[best]
        spent += instance.candidates[best].cost_fen
        left -= {best} | _blocked(instance, {best})
    return frozenset(chosen)


def _blocked(instance: Instance, chosen: set[int]) -> set[int]:
    """Places ruled out because their village has a site now."""
    return {rival for group in instance.rivals if chosen & set(group) for rival in group}


def _pruned(instance: Instance, chosen: frozenset[int], people: int, musts: set[int]) -> frozenset[int]:
    """Leaves out sites that are not needed, those with the least merit first; then tries two for one."""
    kept = set(chosen)
    for site in sorted(chosen, key=lambda one: (instance.merit[one], len(instance.reach[one]))):
        if _enough(instance, kept - {site}, people, musts):
            kept.remove(site)
    return _two_for_one(instance, kept, people, musts)


def _enough(instance: Instance, sites: set[int], people: int, musts: set[int]) -> bool:
    covered = instance.covered(frozenset(sites) | instance.fixed)
    return not musts - covered and instance.people(covered) >= people


def _two_for_one(instance: Instance, kept: set[int], people: int, musts: set[int]) -> frozenset[int]:
    """Replaces two near sites by one while that suffices and time allows."""
    end, improved = monotonic() + SWAP_SECONDS, True
    while improved and monotonic() < end:
        improved = False
        for first in sorted(kept):
            near = [other for other in kept if other > first and instance.reach[other] & instance.reach[first]]
            for second in near:
                rest = kept - {first, second}
                one = _substitute(instance, rest, people, musts)
                if one is not None:
                    kept, improved = rest | {one}, True
                    break
            if improved or monotonic() > end:
                break
    return frozenset(kept)


def _substitute(instance: Instance, rest: set[int], people: int, musts: set[int]) -> int | None:
    covered = instance.covered(frozenset(rest) | instance.fixed)
    lacking, must = people - instance.people(covered), musts - covered
    blocked = rest | _blocked(instance, rest)
    for site in instance.free:
        new = instance.reach[site] - covered
        if site not in blocked and must <= new and instance.people(new) >= lacking:
            return site
    return None


def _swapped(instance: Instance, chosen: frozenset[int], budget_fen: int) -> frozenset[int]:
    """Exchanges one site for another while more people are reached and time allows."""
    end, best = monotonic() + SWAP_SECONDS, chosen
    people = instance.people(instance.covered(best | instance.fixed))
    improved = True
    while improved and monotonic() < end:
        improved = False
        for site in sorted(best):
            grown = _grow(instance, best - {site}, lambda _covered: False, lambda gain, _c: gain, budget_fen=budget_fen)
            reached = instance.people(instance.covered(grown | instance.fixed))
            if reached > people:
                best, people, improved = grown, reached, True
                break
    return best
