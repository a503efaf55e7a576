"""Finds out the facts that `checks.judge` judges: settings, files, database, fonts."""

import json
import os
import stat
from datetime import datetime
from pathlib import Path

import typst
from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tenants.utils import get_tenant_model, schema_context

from weimin.accounts.models import Person, Post
from weimin.accounts.roles import read_duties
from weimin.calendars.queries import calendar_for
from weimin.config import environment
from weimin.config.backup.make import LAST
from weimin.config.checks import Facts
from weimin.config.health import worker_alive
from weimin.config.schemas import schemas_behind
from weimin.papers import pdf
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

FACES = [(_("仿宋"), pdf.FANG), (_("楷体"), pdf.KAI), (_("黑体"), pdf.HEI), (_("小标宋"), pdf.XIAOBIAOSONG)]
SUBSTITUTE = "Noto"
COUNTY_STEP = 10**6


def gather(now: datetime) -> Facts:
    """The facts as they are; a database that is behind counts as empty, so that the list names the first thing first."""
    behind = schemas_behind()
    jurisdictions = [] if "public" in behind else list(get_tenant_model().objects.exclude(schema_name="public"))
    current = [each for each in jurisdictions if each.schema_name not in behind]
    key_file = Path(settings.KEY_FILE)
    keys_in_environment = bool(environment.text("WEIMIN_SECRET_KEYS"))
    next_year = timezone.localdate(now).year + 1
    return Facts(
        debug=settings.DEBUG,
        https=settings.HTTPS,
        hosts=environment.words("WEIMIN_HOSTS"),
        demonstration=settings.DEMONSTRATION,
        demonstration_people=sum(_demonstration_people(each.schema_name) for each in current),
        embedded=not environment.text("DATABASE_URL"),
        county_jurisdictions=[each.name for each in jurisdictions if each.code % COUNTY_STEP == 0],
        jurisdictions=len(jurisdictions),
        secret_private=bool(environment.text("WEIMIN_SECRET")) or is_private(settings.DATA_DIR / "secret"),
        keys_present=keys_in_environment or key_file.exists(),
        keys_private=keys_in_environment or is_private(key_file),
        keys_beside_data=not keys_in_environment and settings.DATA_DIR in key_file.parents,
        fonts_missing=missing_faces(),
        next_year_published="public" not in behind and next_year in calendar_for().published,
        backed_up_at=last_backup(settings.DATA_DIR),
        without_second_factor=[name for each in current for name in _without_second_factor(each, now)],
        schemas_behind=behind,
        worker_alive="public" not in behind and worker_alive(now),
        runs_as_root=os.geteuid() == 0,
        virus_scan=bool(settings.VIRUS_SCAN),
    )


def is_private(path: Path) -> bool:
    return path.exists() and not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)


def missing_faces() -> list[str]:
    """Faces of official papers for which only the free substitute is there."""
    present = set(typst.Fonts(include_system_fonts=True, font_paths=pdf.font_paths()).families())
    return [str(face) for face, names in FACES if not present & {name for name in names if SUBSTITUTE not in name}]


def last_backup(data: Path) -> datetime | None:
    """When `weimin backup` last succeeded here and the file was still in its place."""
    note = data / LAST
    if not note.exists():
        return None
    found = json.loads(note.read_text())
    return datetime.fromisoformat(found["at"]) if Path(found["file"]).exists() else None


def _demonstration_people(schema: str) -> int:
    with schema_context(schema):
        return Person.objects.filter(demonstration=True).count()


def _without_second_factor(jurisdiction, now: datetime) -> list[str]:
    """Names of people in a post that requires a second factor and who have none."""
    roles = [code for code, duty in read_duties().items() if duty.second_factor]
    today = timezone.localdate(now)
    actor = system_actor(jurisdiction.low, jurisdiction.high, name="check", channel="command")
    with schema_context(jurisdiction.schema_name), entered(actor):
        posts = (
            Post.objects.visible_to(actor)
            .filter(Q(ends_on=None) | Q(ends_on__gte=today), role__in=roles, starts_on__lte=today, person__active=True)
            .filter(person__second_factor__confirmed_at=None)
        )
        return sorted(set(posts.values_list("person__name", flat=True)))
