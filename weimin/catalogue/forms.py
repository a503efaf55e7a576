"""The shape of input for whole catalogues and for one version."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import ActionForm
from weimin.catalogue.files import FilesInvalid, in_files, read_files
from weimin.catalogue.workbook import is_workbook, read_workbook

LARGEST = 3 * 1024 * 1024
MOST_FILES = 100
MOST_FAULTS = 100


def texts_of(name: str, content: bytes) -> dict[str, str]:
    """{file name: text} of an upload: a workbook, one YAML file, or a zip of them as the export gives. ValidationError or FilesInvalid otherwise."""
    if is_workbook(content):
        return in_files(name, read_workbook(name, content))
    try:
        if not zipfile.is_zipfile(io.BytesIO(content)):
            return {name: content.decode("utf-8-sig")}
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if entry.filename.endswith((".yaml", ".yml"))]
            if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > LARGEST:
                raise forms.ValidationError(_("压缩包里的内容太多：最多 100 个文件、3 MB。"))
            return {entry.filename: archive.read(entry).decode("utf-8-sig") for entry in entries}
    except (UnicodeDecodeError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        raise forms.ValidationError(_("文件须是 Excel 表格（.xlsx）、UTF-8 编码的 YAML 文本，或者装着这种文本的 zip 压缩包。")) from None


class ImportItems(ActionForm):
    """Catalogue files; checked as a whole, every fault named with file, line and field. `several` is {name: text} as JSON."""

    file = forms.FileField(label=_("目录文件"), required=False, help_text=_("“导出 Excel”得到、改好的表格；或者 YAML 文件，或者“导出全部”得到的 zip 压缩包。"))
    text = forms.CharField(label=_("或粘贴内容"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 8, "class": "code"}))
    several = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    note = forms.CharField(label=_("修改说明"), max_length=200, required=False)
    publish = forms.BooleanField(label=_("导入后立即发布"), required=False, help_text=_("不勾选则存为草稿，逐项核对后再发布。"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        try:
            cleaned["texts"] = texts = self.texts(cleaned)
            cleaned["contents"] = read_files(texts)
        except FilesInvalid as invalid:
            raise forms.ValidationError([*invalid.lines[:MOST_FAULTS], *self.more(len(invalid.lines))]) from None
        return cleaned

    def more(self, faults: int) -> list[str]:
        return [_now("还有 %(number)d 处问题没有列出。") % {"number": faults - MOST_FAULTS}] if faults > MOST_FAULTS else []

    def texts(self, cleaned: dict[str, Any]) -> dict[str, str]:
        upload = cleaned.get("file")
        if upload is not None:
            if upload.size > LARGEST:
                raise forms.ValidationError(_("文件不能超过 3 MB。"))
            found = texts_of(upload.name, upload.read())
        elif cleaned.get("several"):
            found = self.unpacked(cleaned["several"])
        else:
            found = {_now("粘贴的内容"): cleaned["text"]} if cleaned.get("text", "").strip() else {}
        if not found:
            raise forms.ValidationError(_("请选择目录文件，或者粘贴内容。"))
        return found

    def unpacked(self, several: str) -> dict[str, str]:
        try:
            found = json.loads(several)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
            raise forms.ValidationError(_("请重新选择目录文件。"))
        return found


class Note(ActionForm):
    note = forms.CharField(label=_("发布说明"), max_length=200, required=False)


class Reason(ActionForm):
    reason = forms.CharField(label=_("原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
