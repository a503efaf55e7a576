"""Settings of the peer of `cases.receive`: the same models, no middleware, the superuser's database; only the bench loads it."""

from __future__ import annotations

from weimin.config.embedded import SUPERUSER
from weimin.config.settings import *  # noqa: F403  everything else as it is
from weimin.config.settings import DATABASES

MIDDLEWARE: list[str] = []
ROOT_URLCONF = "bench.bare_view"
DATABASES["default"]["USER"] = SUPERUSER
