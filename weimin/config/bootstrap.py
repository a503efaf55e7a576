"""What must be true before the web is served: catalogues, tables, static files, the demonstration. Done once each."""

import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import polib
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.utils.translation import gettext as _
from django_tenants.utils import get_tenant_model

from weimin.config import demonstration_mark
from weimin.config.schemas import schemas_behind
from weimin.jurisdictions.creation import prepare_public
from weimin.regions.loading import load_regions
from weimin.regions.models import Region
from weimin.secrets.keys import prepare_keys

PACKAGE = Path(__file__).resolve().parent.parent
STATIC_STAMP = "collected.sha256"
# Of the chart package only the minified scripts are served; compressing the rest would take ten seconds of the start.
NOT_SERVED = ["*.map", "*.mjs", "echarts.js", "echarts.common.js", "echarts.simple.js", "echarts.esm*", "extension"]


def compile_catalogues(package: Path = PACKAGE) -> int:
    """Compile each English catalogue that is newer than its .mo; how many. No GNU gettext is needed."""
    done = 0
    for source in package.glob("*/locale/*/LC_MESSAGES/django.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            done += 1
    return done


def migrate() -> list[str]:
    """Bring every schema up to the code; the schemas that were behind."""
    behind = schemas_behind()
    if behind:
        prepare_public()
        call_command("migrate_schemas", interactive=False, verbosity=0)
    return behind


def collect_static() -> bool:
    """Collect the static files when one of them changed since the last time; True when it did."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(NOT_SERVED):
            digest.update(f"{path}:{storage.size(path)}:{storage.get_modified_time(path).timestamp()}\n".encode())
    stamp = Path(settings.STATIC_ROOT) / STATIC_STAMP
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return False
    call_command("collectstatic", interactive=False, verbosity=0, clear=True, ignore_patterns=NOT_SERVED)
    stamp.write_text(digest.hexdigest())
    return True


def load_demonstration(folder: Path, known: dict[str, str], empty: bool) -> bool:
    """On the first start of an empty embedded database; an interrupted loading is reset and done again.

    `known` maps management commands to rooms. True when the demonstration was loaded now.
    """
    mark = demonstration_mark.read(folder)
    if mark in ("loaded", "empty") or "demo_load" not in known:
        return False
    if empty or (mark == "" and get_tenant_model().objects.exclude(schema_name="public").exists()):
        demonstration_mark.write(folder, "empty")
        return False
    demonstration_mark.write(folder, "loading")
    call_command("demo_reset" if mark == "loading" and "demo_reset" in known else "demo_load")
    if "demo_posts" in known:
        lines = io.StringIO()
        call_command("demo_posts", stdout=lines)
        demonstration_mark.write_posts(folder, lines.getvalue())
    demonstration_mark.write(folder, "loaded")
    return True


def fill_ground() -> int:
    """The regions of the country, once; how many rows."""
    return 0 if Region.objects.exists() else load_regions()


def prepare(known: dict[str, str], *, empty: bool, demonstrate: bool, tell: Callable[[str], object]) -> None:
    """All of it in order; `tell` gets one line for each thing that was really done."""
    if count := compile_catalogues():
        tell(_("译文 %d") % count)
    if behind := migrate():
        tell(_("数据表 %s") % ", ".join(behind))
    if rows := fill_ground():
        tell(_("区划 %d") % rows)
    if prepare_keys(fresh=not get_tenant_model().objects.exists()):
        tell(_("加密密钥"))
    if collect_static():
        tell(_("静态文件"))
    if demonstrate and load_demonstration(settings.DATA_DIR, known, empty):
        tell(_("演示数据"))
