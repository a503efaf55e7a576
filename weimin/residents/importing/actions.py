"""Bringing a set in, saying which rows are wanted, writing them, giving it up. The worker does what takes long."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.db import connection
from django.db.models import F, Sum
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import ActionForm
from weimin.actions.registry import Outcome, register
from weimin.attachments.attaching import scan
from weimin.residents.importing.form import MOST_FILES
from weimin.residents.importing.progress import Progress
from weimin.residents.importing.waking import wake_worker
from weimin.residents.models import Import, ImportFile, ImportMode, ImportPart, ImportState
from weimin.sheets.errors import FileRefused
from weimin.sheets.guard import MOST_BYTES, Inspected, inspect
from weimin.ui.widgets import Upload
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken
from weimin.walls.later import Later
from weimin.walls.prepared import insert

writing = Later("weimin.residents.importing.writing")
IMPORTERS = ("county_office", "township", "village")
SHEETS = ".xlsx,.csv"


class Sheets(forms.FileField):
    """Several sheets of one set, each small enough to be read and none of them what a sheet must not be."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        uploads = data if isinstance(data, (list, tuple)) else [data]
        found = [super(Sheets, self).clean(upload, initial) for upload in uploads if upload] or [super().clean(None, initial)]
        if len(found) > MOST_FILES:
            raise forms.ValidationError(_("一次最多 %(count)d 个文件，请分几次上传。"), params={"count": MOST_FILES})
        for upload in found:
            if upload.size > MOST_BYTES:
                raise forms.ValidationError(_("文件超过 %(count)d MB，请分成几个文件导入。"), params={"count": MOST_BYTES // 1024 // 1024})
        return found


class UploadForm(ActionForm):
    sheets = Sheets(
        label=_("填好的表格"),
        widget=Upload(kinds=SHEETS, multiple=True),
        help_text=_("可一次选几个文件。先检查每一行，不写入任何内容；检查完由您决定怎样写入。"),
    )

    place = forms.IntegerField(required=False, min_value=10**11, max_value=10**12 - 1, widget=forms.HiddenInput)

    def clean_place(self) -> int:
        """The set belongs to the place of the post that uploads it, unless a place inside is given."""
        return int(self.cleaned_data["place"] or (self.actor.low if self.actor else 0))


class ChooseForm(ActionForm):
    mode = forms.ChoiceField(label=_("怎样写入"), choices=ImportMode.choices, widget=forms.RadioSelect, initial=ImportMode.ALL)

    def clean_mode(self) -> str:
        mode = str(self.cleaned_data["mode"])
        if mode == ImportMode.ALL and self.target is not None and self.target.faulty:
            raise forms.ValidationError(_("还有 %(count)d 行有错。请改好后重新上传，或者只写没有错的行。"), params={"count": self.target.faulty})
        return mode


class PartForm(ActionForm):
    part = forms.IntegerField(label=_("分段"), min_value=0, max_value=10**6, required=False)


def find_import(actor: Actor, pk: Any) -> Import:
    return Import.objects.visible_to(actor).select_for_update().get(pk=pk)


def find_unlocked(actor: Actor, pk: Any) -> Import:
    """Unlocked, so that the page can be told how far it is and somebody can cancel; `alone` keeps two writers apart."""
    return Import.objects.visible_to(actor).get(pk=pk)


def where(target: Import, data: dict[str, Any]) -> int:
    return int(target.region)


def check_asked(target: Import, actor: Actor, now: datetime) -> None:
    if target.state != ImportState.CHECKED:
        raise RuleBroken(_now("这次导入现在是“%(state)s”，不用选择写入方式。") % {"state": target.get_state_display()})
    if not target.good:
        raise RuleBroken(_now("没有可以写入的行。"))


def check_open(target: Import, actor: Actor, now: datetime) -> None:
    if not target.is_open:
        raise RuleBroken(_now("这次导入现在是“%(state)s”，不能再取消。") % {"state": target.get_state_display()})


def check_writing(target: Import, actor: Actor, now: datetime) -> None:
    if target.state != ImportState.WRITING:
        raise RuleBroken(_now("这次导入现在是“%(state)s”，不在写入。") % {"state": target.get_state_display()})


@register("residents.upload_import", label=_("导入居民表格"), form=UploadForm, roles=IMPORTERS, region=lambda target, data: data["place"], keeps_draft=False)
def upload(by: Actor, target: None, data: dict[str, Any], now: datetime) -> Outcome:
    """上传居民表格，先逐行检查，不写入。"""
    uploads = data["sheets"]
    title = "、".join(upload.name for upload in uploads)  # text: data
    row = Import.objects.create(
        region=data["place"], title=title[:200], person=by.person or 0, person_name=by.name, post=by.post, uploaded_at=now, moved_at=now,
    )  # fmt: skip
    for number, sheet in enumerate(uploads):
        content = sheet.read()
        scan(content, sheet.name)
        seen = look(content, sheet.name)
        facts = {"size": len(content), "kind": seen.kind, "long_numbers": seen.long_numbers}
        insert(ImportFile(region=row.region, set=row, number=number, name=sheet.name[:120], content=content, **facts))
    wake_worker()
    after = {"files": len(uploads), "bytes": sum(sheet.size for sheet in uploads)}
    return Outcome(row, after=after, message=_("已上传，正在检查。"), next_url=import_url(row.pk))


def look(content: bytes, name: str) -> Inspected:
    """A hostile file is refused at once and nothing of it is kept."""
    try:
        return inspect(content)
    except FileRefused as refused:
        raise RuleBroken(f"《{name[:60]}》{refused}") from refused


@register(
    "residents.choose_import", label=_("开始写入"), form=ChooseForm, roles=IMPORTERS, find=find_import, region=where, check=check_asked, keeps_draft=False,
)  # fmt: skip
def choose(by: Actor, target: Import, data: dict[str, Any], now: datetime) -> Outcome:
    """选择全部写入，还是只写没有错的行，然后在后台写入。"""
    target.state, target.mode, target.moved_at = ImportState.READY, data["mode"], now
    target.save(update_fields=["state", "mode", "moved_at"])
    wake_worker()
    after = {"mode": target.mode, "rows": target.rows, "good": target.good, "faulty": target.faulty, "present": target.present}
    return Outcome(target, after=after, message=_("已开始写入。"), next_url=import_url(target.pk))


@register("residents.cancel_import", label=_("取消导入"), roles=IMPORTERS, find=find_import, region=where, check=check_open, confirm=_("已经写入的行会留下。"))
def cancel(by: Actor, target: Import, data: dict[str, Any], now: datetime) -> Outcome:
    """取消这次导入，没有写完的不再写。"""
    before = {"state": target.state}
    target.state, target.moved_at = ImportState.CANCELLED, now
    target.save(update_fields=["state", "moved_at"])
    ImportPart.objects.filter(set=target, written_at__isnull=True).delete()
    return Outcome(target, before=before, after={"state": target.state, "written": target.written}, message=_("已取消。"), next_url=import_url(target.pk))


@register("residents.write_import", label=_("写入居民册"), form=PartForm, roles=IMPORTERS, find=find_unlocked, region=where, check=check_writing)
def write(by: Actor, target: Import, data: dict[str, Any], now: datetime) -> Outcome:
    """把检查过的行写入居民册（由后台办理）。"""
    alone(target, whole=data["part"] is None)
    parts = ImportPart.objects.filter(set=target, written_at__isnull=True).select_for_update().order_by("number")
    if data["part"] is not None:
        parts = parts.filter(number=data["part"])
    elif target.mode != ImportMode.ALL:
        raise RuleBroken(_now("请写明写入哪一段。"))
    with Progress(target.pk, by) as progress:
        done = writing.write_parts(target, parts.defer("content").iterator(chunk_size=1), now, progress)
    kept = {"state": ImportState.DONE} if target.mode == ImportMode.ALL else {}
    if not Import.objects.filter(pk=target.pk, state=ImportState.WRITING).select_for_update():
        raise RuleBroken(_now("已取消，没有写入。"))
    Import.objects.filter(pk=target.pk).update(moved_at=now, present=F("present") + done.present, written=written_of(target), **kept)
    after = {"residents": done.residents, "households": done.households, "present": done.present, "part": data["part"]}
    return Outcome(target, before={"written": target.written}, after=after, message=_("已写入。"), next_url=import_url(target.pk))


def written_of(target: Import) -> int:
    """Counted from the parts, while the set's row is held: what the page was told on the way is only what it was told."""
    return ImportPart.objects.filter(set=target, written_at__isnull=False).aggregate(rows=Sum("rows"))["rows"] or 0


def alone(target: Import, *, whole: bool) -> None:
    """A second writer of the same set waits for the first to end; writers of its parts wait for one another at the part."""
    lock = "pg_advisory_xact_lock" if whole else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(hashtext(current_schema() || '.residents_import'), %s)", [target.pk % 2**31])


def import_url(number: int) -> str:
    return reverse("residents:import", args=[number])
