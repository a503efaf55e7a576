"""What is wrong with a plan file, so that a person can find it: line, field, sentence."""

from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong. `line` counts from 1; `path` is like tiers[village_station].steps[open].due_on."""

    line: int
    path: str
    sentence: str

    def __str__(self) -> str:
        return f"第 {self.line} 行 {self.path}：{self.sentence}" if self.path else f"第 {self.line} 行：{self.sentence}"


class PlanInvalid(ValueError):
    """The file is not a plan; `problems` names everything that is wrong, in the order of the file."""

    def __init__(self, problems: list[Problem]):
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))
