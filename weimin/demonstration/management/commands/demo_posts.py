"""weimin demo posts"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext_lazy as _lazy

from weimin.jurisdictions.models import Jurisdiction


class Command(BaseCommand):
    help = _lazy("列出演示的一键岗位")  # type: ignore[assignment]

    def handle(self, *args: Any, **options: Any) -> None:
        for jurisdiction in Jurisdiction.objects.filter(demonstration=True):
            self.stdout.write(jurisdiction.name)
            for card in jurisdiction.cards:
                self.stdout.write(f"  {card['title']} {card['name']}（{card['place']}）：{card['says']}")
