"""The siting question as an integer program for HiGHS."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd
from time import monotonic

import highspy
import numpy as np

from weimin.buildout.siting.model import Instance

INFINITE = highspy.kHighsInf


class QuietSolver(highspy.Highs):
    """HiGHS that says nothing: the ordinary one prints its banner while it is being made, before an option can be set."""

    def enableCallbacks(self) -> None:
        self.silent()
        super().enableCallbacks()


@dataclass
class Run:
    """What one round of the solver ended with."""

    sites: frozenset[int] | None
    optimal: bool
    infeasible: bool
    bound: float | None


class Program:
    """The integer program of one round. It is never given a starting answer: HiGHS 1.16 then drops the offset of its
    presolve from objective and bound (108 sites reported as 97), and the proof would be of something else.

    A 0/1 column per free place, a 0..1 column per group of demands with the same reachers."""

    def __init__(self, instance: Instance, deadline: float, *, musts: bool, gap: float = 0.0):
        self.instance, self.deadline, self.musts, self.gap = instance, deadline, musts, gap
        self.sites = instance.free
        self.base = instance.covered(instance.fixed)
        self.groups = self._groups()
        self.highs = QuietSolver()
        for option, value in (("mip_rel_gap", gap), ("mip_feasibility_tolerance", 1e-7)):
            self.highs.setOptionValue(option, value)
        self._columns()
        self._rows()

    def _groups(self) -> dict[tuple[int, ...], list[int]]:
        """Demands not covered yet, by the columns that would cover them: people and `must`."""
        reachers: dict[int, list[int]] = {}
        for column, site in enumerate(self.sites):
            for demand in self.instance.reach[site] - self.base:
                reachers.setdefault(demand, []).append(column)
        groups: dict[tuple[int, ...], list[int]] = {}
        for demand, columns in reachers.items():
            groups.setdefault(tuple(columns), []).append(demand)
        return groups

    def _columns(self) -> None:
        for _site in self.sites:
            self.highs.addVar(0.0, 1.0)
        for demands in self.groups.values():
            must = self.musts and any(self.instance.demands[demand].must for demand in demands)
            self.highs.addVar(1.0 if must else 0.0, 1.0)
        for column in range(len(self.sites)):
            self.highs.changeColIntegrality(column, highspy.HighsVarType.kInteger)

    def _rows(self) -> None:
        first = len(self.sites)
        for number, columns in enumerate(self.groups):
            self._row(0.0, INFINITE, [*columns, first + number], [1.0] * len(columns) + [-1.0])
        position = {site: column for column, site in enumerate(self.sites)}
        for rivals in self.instance.rivals:
            self._row(-INFINITE, 1.0, [position[site] for site in rivals], [1.0] * len(rivals))

    def _row(self, low: float, high: float, columns: Sequence[int], values: Sequence[float]) -> None:
        indices, numbers = np.array(columns, dtype=np.int32), np.array(values, dtype=np.float64)
        self.highs.addRow(low, high, len(indices), indices, numbers)

    @property
    def people_row(self) -> tuple[list[int], list[float]]:
        first = len(self.sites)
        people = [float(self.instance.people(set(demands))) for demands in self.groups.values()]
        return list(range(first, first + len(people))), people

    def _goal(self, costs: Sequence[float], sense: highspy.ObjSense) -> None:
        self.costs = list(costs)
        for column, cost in enumerate(costs):
            self.highs.changeColCost(column, cost)
        self.highs.changeObjectiveSense(sense)

    def minimise_sites(self, people: int) -> None:
        """Round one of `fewest_sites`."""
        self._row(float(people - self.instance.people(self.base)), INFINITE, *self.people_row)
        self._goal([1.0] * len(self.sites) + [0.0] * len(self.groups), highspy.ObjSense.kMinimize)

    def maximise_people(self, budget_fen: int) -> None:
        """Round one of `most_people`. Costs are divided by their common measure, so that numbers stay small."""
        costs = [self.instance.candidates[site].cost_fen for site in self.sites]
        measure = gcd(*costs) or 1
        values = [float(cost // measure) for cost in costs]
        self._row(-INFINITE, float(budget_fen // measure), list(range(len(costs))), values)
        self._goal([0.0] * len(self.sites) + self.people_row[1], highspy.ObjSense.kMaximize)

    def keep_sites(self, people: int, count: int) -> None:
        """Round two: no more sites than now, of the best merit."""
        self.minimise_sites(people)
        self._row(-INFINITE, float(count), list(range(len(self.sites))), [1.0] * len(self.sites))
        self._merit()

    def keep_people(self, budget_fen: int, people: int) -> None:
        """Round two: no fewer people than now, with the fewest sites, and of those the best merit."""
        self.maximise_people(budget_fen)
        self._row(people - self.instance.people(self.base) - 0.5, INFINITE, *self.people_row)
        self._merit()

    def _merit(self) -> None:
        small = 1.0 / (len(self.sites) + 1)
        costs = [1.0 + small * (1.0 - self.instance.merit[site]) for site in self.sites]
        self._goal(costs + [0.0] * len(self.groups), highspy.ObjSense.kMinimize)

    def run(self) -> Run:
        """Solves what is set up until the deadline. No place to choose from: the empty choice, proven."""
        if not self.sites:
            return Run(frozenset(), True, False, 0.0)
        self.highs.setOptionValue("time_limit", max(0.05, self.deadline - monotonic()))
        self.highs.run()
        status = self.highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Run(None, False, True, None)
        info = self.highs.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return Run(None, False, False, None)
        values = self.highs.getSolution().col_value
        sites = frozenset(site for column, site in enumerate(self.sites) if values[column] > 0.5)
        sound = abs(self._objective(sites) - info.objective_function_value) < 1e-4
        optimal = sound and status == highspy.HighsModelStatus.kOptimal and not self.gap
        return Run(sites, optimal, False, info.mip_dual_bound if sound else None)

    def _objective(self, sites: frozenset[int]) -> float:
        """The goal worked out anew from the sites: what the solver says must agree, or its proof is not believed."""
        covered = self.instance.covered(sites)
        chosen = sum(cost for cost, site in zip(self.costs, self.sites, strict=False) if site in sites)
        weights = self.costs[len(self.sites) :]
        groups = self.groups.values()
        return chosen + sum(weight for weight, demands in zip(weights, groups, strict=True) if weight and demands[0] in covered)
