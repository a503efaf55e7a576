"""How often something may be tried without sign-in (S7). Pure.

The last four of an ID number have ten thousand values: five wrong guesses an hour for one number make a chance of one in two
thousand; an address that many households share still gets twenty in a quarter of an hour.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from weimin.walls.errors import TooMany

KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Often:
    """At most `most` times within a span; `sentence` says what to do instead. `kind` keeps the hashes of different rules apart."""

    kind: str
    most: int
    within: timedelta
    sentence: Any

    def check(self, times: int) -> None:
        """Raises TooMany when it happened `times` times already."""
        if times >= self.most:
            raise TooMany(self.sentence)


WRONG_FROM_ADDRESS = Often("portal_address", 20, timedelta(minutes=15), _("查错的次数太多，请过 15 分钟再试；也可以带身份证到服务中心窗口查询。"))
WRONG_FOR_NUMBER = Often("portal_number", 5, timedelta(hours=1), _("这个编号查错的次数太多，请过 1 小时再试；也可以扫回执上的二维码，或到服务中心窗口查询。"))
SENT_FROM_ADDRESS = Often("portal_sent", 20, timedelta(hours=1), _("这里提交得太频繁，请过一会儿再试；着急的请到服务中心窗口办理。"))
