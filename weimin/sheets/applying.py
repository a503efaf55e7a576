"""Takes the good rows of a dry run through the one write path, all of them or none."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from weimin.actions.act import act
from weimin.sheets.trial import GoodRow, Report
from weimin.walls.actor import Actor
from weimin.walls.errors import Refusal, RuleBroken
from weimin.walls.session import entered

# Given a row, the target of the action (its id), for actions that change something that exists.
FindTarget = Callable[[GoodRow], Any]


def apply_rows(actor: Actor, action: str, report: Report, key: str, *, now: datetime, target_of: FindTarget | None = None) -> list[Any]:
    """One receipt a row. The same key and file again return the first receipts and write nothing.

    Raises RuleBroken, with nothing written, when the report has errors or a row is refused on the way.
    """
    if report.errors:
        raise RuleBroken(_("还有 %d 处错误，请改好后再导入。") % len(report.errors))
    receipts = []
    with entered(actor):
        for row in report.good:
            target = target_of(row) if target_of else None
            try:
                receipts.append(act(actor, action, row.data, f"{key}:{row.row}", target=target, now=now))
            except Refusal as refusal:
                raise RuleBroken(_("第 %(row)d 行：%(sentence)s 整个文件都没有导入。") % {"row": row.row, "sentence": refusal}) from refusal
    return receipts
