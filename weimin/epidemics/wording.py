"""The words of clusters, hindrances and symptoms, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from weimin.epidemics.diseases import name_of
from weimin.epidemics.models import Alert, Symptom
from weimin.health.standard_words import in_words


def of_words(what: str, of: str) -> str:
    """A symptom or a disease by its name; a rate has none."""
    if what == "symptom":
        return str(dict(Symptom.choices).get(of, of))
    return in_words(name_of(of)) if of else _("因病缺勤")


def symptom_words(symptoms: dict[str, int]) -> str:
    """发热 2、咳嗽 1."""
    return "、".join(f"{of_words('symptom', key)} {number}" for key, number in symptoms.items() if number)  # text: data


def reasons(alert: Alert) -> list[str]:
    """One sentence for each rule that was reached."""
    return [reason(alert, facts) for _key, facts in sorted(alert.rules.items())]


def reason(alert: Alert, facts: dict[str, Any]) -> str:
    where = _("同一班级") if alert.group_id else _("全校") if alert.place_id else _("本村（社区）")
    said = {"where": where, "of": of_words(alert.what, alert.of), "count": facts["count"], "need": facts["need"], "days": facts["days"]}
    if alert.what == "rate":
        said |= {"expected": facts["expected"], "percent": facts["percent"]}
        return _("%(where)s一天因病缺勤 %(count)d 人，应到 %(expected)d 人，达到 %(percent)d%% 的界限。") % said
    said |= {"first": facts["first"], "last": facts["last"]}
    if alert.what == "case":
        return _("%(where)s“%(of)s”病例 %(count)d 例（%(first)s 至 %(last)s），达到 %(days)d 天内 %(need)d 例的界限。") % said
    return _("%(where)s新发“%(of)s” %(count)d 人（%(first)s 至 %(last)s），达到 %(days)d 天内 %(need)d 人的界限。") % said


def hindrance_words(keys: Iterable[str], observation: int, clear_on: str) -> list[str]:
    """What stands against closing, as sentences."""
    said = {
        "new_cases": _("最后一例之后要满 %(days)d 天没有新病例，最早 %(on)s 可以结案。") % {"days": observation, "on": clear_on},
        "cards": _("还有报告卡没有网络直报。"),
        "contacts": _("还有密切接触者在观察中。"),
        "measures": _("还有措施没有落实。"),
        "chain": _("突发公共卫生事件还没有报完。"),
    }
    return [said[key] for key in keys]
