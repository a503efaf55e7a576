"""A bundle against `fhir.resources`: FHIR as pydantic models, R5 and R4B. Loaded when first asked (20 MB, a tenth of a second)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from weimin.exchange.rules_release import R4
from weimin.walls.errors import RuleBroken
from weimin.walls.later import Later

r5, r4 = Later("fhir.resources.bundle"), Later("fhir.resources.R4B.bundle")
MOST = 5


def faults_of(bundle: dict[str, Any], release: str) -> list[str]:
    """What FHIR says against it, as sentences with the place; empty when it is sound."""
    model = (r4 if release == R4 else r5).Bundle
    try:
        model.model_validate(bundle)
    except KeyError as unknown:  # a resource type that the release does not have, also deep inside
        return [_("没有“%(kind)s”这种资源。") % {"kind": str(unknown.args[0]).removesuffix("Type").rpartition(".")[2][:40]}]
    except ValidationError as error:
        return [sentence(bundle, row) for row in error.errors(include_url=False, include_context=False)]
    return []


def check_valid(bundle: dict[str, Any], release: str) -> None:
    """RuleBroken with the first faults and how many more there are."""
    found = faults_of(bundle, release)
    if found:
        more = _("还有 %(count)d 处。") % {"count": len(found) - MOST} if len(found) > MOST else ""
        raise RuleBroken(" ".join([_("内容不符合 FHIR %(release)s：") % {"release": release}, *found[:MOST], more]).strip())


def sentence(bundle: dict[str, Any], error: Any) -> str:
    """Position of the entry, resource type, element, and what is wrong there; the value is not repeated, it may be somebody's."""
    where = [str(step) for step in error["loc"]]
    if where[:1] == ["entry"] and len(where) > 2:
        kind = bundle["entry"][int(where[1])].get("resource", {}).get("resourceType", "?")
        place = _("第 %(number)d 条（%(kind)s）的 %(element)s") % {"number": int(where[1]) + 1, "kind": kind, "element": ".".join(where[3:]) or "resource"}
    else:
        place = ".".join(where) or "Bundle"
    return _("%(place)s：%(fault)s。") % {"place": place, "fault": fault(error["type"])}


def fault(kind: str) -> str:
    if kind == "extra_forbidden":
        return _("没有这个字段")
    return _("缺少这一项") if kind == "missing" else _("值不对")
