"""What is done at night: visits that are due, records that are probably one person twice, files of imports that are due to go, and the post between places."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weimin.residents.duplicates import look_for_duplicates
from weimin.residents.importing.duties import work_imports
from weimin.residents.importing.emptying import empty_ended
from weimin.residents.post_office import carry
from weimin.residents.visiting import call_for_visits
from weimin.walls.periodic import every

__all__ = ["call", "empty", "look", "post", "work_imports"]  # the worker imports this module only


@every("20 5 * * *", "residents.call_for_visits", label=_("提醒走访"))
def call(jurisdiction: Any, now: datetime) -> None:
    call_for_visits(timezone.localdate(now), now)


@every("40 2 * * *", "residents.look_for_duplicates", label=_("查找疑似重复的居民"))
def look(jurisdiction: Any, now: datetime) -> None:
    look_for_duplicates(jurisdiction.low, jurisdiction.high, now)


@every("*/5 * * * *", "residents.carry", label=_("递送居民档案交接单"), own_transactions=True)
def post(jurisdiction: Any, now: datetime) -> None:
    carry(jurisdiction, now)


@every("10 3 * * *", "residents.empty_imports", label=_("清空已结束导入的文件"))
def empty(jurisdiction: Any, now: datetime) -> None:
    empty_ended(now)
