"""Any county or township of the country becomes a jurisdiction in one call."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils.translation import gettext as _

from weimin.jurisdictions.models import Jurisdiction, grant_statements, schema_name
from weimin.regions.models import UPPER, Region
from weimin.regions.rules import Level
from weimin.walls.errors import RuleBroken
from weimin.walls.tenancy import tenancy


def check_suitable(code: int) -> Region:
    """The region, when it may become a jurisdiction; RuleBroken with the reason otherwise."""
    region = Region.objects.filter(pk=code).first()
    if region is None:
        raise RuleBroken(_("区划代码 %(code)s 不在全国区划表中。可用 weimin regions find 名称 查询。") % {"code": code})
    whole_city = region.level == Level.CITY and not Region.objects.filter(UPPER, parent=code, level=Level.COUNTY).exists()
    if region.level not in (Level.COUNTY, Level.TOWNSHIP) and not whole_city:
        raise RuleBroken(_("%(name)s 不是县级或乡镇级区划，不能单独设为辖区。") % {"name": region.name})
    if Jurisdiction.objects.filter(code=code).exists():
        raise RuleBroken(_("%(name)s 已经是辖区，没有重复建立。") % {"name": region.name})
    return region


def create_jurisdiction(code: int, name: str = "", *, demonstration: bool = False) -> Jurisdiction:
    """Creates the schema and migrates it; nothing remains when that fails. RuleBroken when the code does not suit."""
    tenancy.set_schema_to_public()
    region = check_suitable(code)
    jurisdiction = Jurisdiction(code=code, name=name or region.name, schema_name=schema_name(code), demonstration=demonstration)
    with transaction.atomic():
        jurisdiction.save(verbosity=0)
    return jurisdiction


def prepare_public() -> None:
    """Grants for tables that migrations will make in the public schema; before the first migration, harmless afterwards."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in grant_statements("public"):
            cursor.execute(statement)
