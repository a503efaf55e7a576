"""What is wrong with a file, so that a person can find it: line, field, sentence."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

Path = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong. `line` counts from 1; `path` is like tiers[village_station].steps[open].due_on."""

    line: int
    path: str
    sentence: str

    def __str__(self) -> str:
        said = {"line": self.line, "path": self.path, "sentence": self.sentence}
        return (_("第 %(line)s 行 %(path)s：%(sentence)s") if self.path else _("第 %(line)s 行：%(sentence)s")) % said


class FileInvalid(ValueError):
    """The file is not what it should be; `problems` names everything that is wrong, in the order of the file."""

    def __init__(self, problems: list[Problem]):
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))
