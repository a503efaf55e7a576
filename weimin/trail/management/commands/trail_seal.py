"""weimin trail seal: close the new entries now instead of within the minute."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tenants.utils import schema_context

from weimin.trail.schemas import schemas
from weimin.trail.sealing import seal


class Command(BaseCommand):
    help = gettext_lazy("立即封存新的留痕，并把链头写到数据库以外")  # type: ignore[assignment]

    def handle(self, *args: Any, **options: Any) -> None:
        for schema in schemas():
            with schema_context(schema):
                count = seal(timezone.now())
            self.stdout.write(_("%(schema)s：新封存 %(count)d 条") % {"schema": schema, "count": count})
