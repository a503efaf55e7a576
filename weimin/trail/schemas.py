"""The schemas that have a trail: every jurisdiction's, and the shared one for people above the counties."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django_tenants.utils import get_tenant_model, schema_context

from weimin.walls.errors import RuleBroken

SHARED = "public"


def schemas(code: int | None = None) -> list[str]:
    """Names of the schemas, the shared one first; of one jurisdiction when its region code is given (RuleBroken if unknown)."""
    with schema_context(SHARED):
        known = dict(get_tenant_model().objects.order_by("code").values_list("code", "schema_name"))
    if code is None:
        return [SHARED, *known.values()]
    if code not in known:
        raise RuleBroken(_("没有代码为 %(code)s 的辖区。可用 weimin jurisdiction list 查看。") % {"code": code})
    return [known[code]]
