"""The four figures on top of the workbench. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from weimin.flows.queries import MONTH
from weimin.shell.todo import shown
from weimin.ui.formats import percent


@dataclass(frozen=True)
class Figure:
    """One card: `kind` colours the figure (warn, bad, ok or none), `url` narrows the list below."""

    label: Any
    value: str
    detail: str
    kind: str
    url: str


def figures_of(counts: dict[str, int]) -> list[Figure]:
    """`counts` as `weimin.flows.queries.count_lists` gives them."""
    paused = _("其中暂停计时 %(n)s 件") % {"n": shown(counts["paused"])} if counts["paused"] else _("按时限排列，先急后缓")
    done, late = counts["done"], counts["done_late"]
    share = _("按时办结率 %(share)s") % {"share": percent(done - late, done)} if done else _("本月还没有办结的事项")
    return [
        Figure(_("待办"), shown(counts["all"]), paused, "", "?"),
        Figure(
            _("快到期"),
            shown(counts["yellow"]),
            _("亮黄灯，请优先办理"),
            "warn" if counts["yellow"] else "",
            "?tab=soon",
        ),
        Figure(_("已超期"), shown(counts["red"]), _("亮红灯，需说明原因"), "bad" if counts["red"] else "", "?tab=overdue"),
        Figure(_("本月办结"), shown(done, MONTH), share, "", "?tab=handed"),
    ]
