"""Forms and files to test with."""

import io
import zipfile

from django import forms
from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook, load_workbook

TOWNS = {"板溪镇": ["扎营村", "三角村"], "龙潭镇": ["五育村"]}


class VisitForm(forms.Form):
    name = forms.CharField(label="姓名", max_length=30)
    id_number = forms.CharField(label="身份证号", max_length=18)
    visited_on = forms.DateField(label="走访日期")
    sex = forms.ChoiceField(label="性别", choices=[("1", "男"), ("2", "女")])
    people = forms.IntegerField(label="家庭人口", min_value=1, required=False)
    poor = forms.BooleanField(label="是否困难", required=False)
    needs = forms.MultipleChoiceField(label="需要", choices=[("food", "口粮"), ("care", "照料")], required=False)
    town = forms.CharField(label="乡镇", required=False)
    village = forms.CharField(label=_("村（社区）"), required=False)


LABELS = [str(field.label) for field in VisitForm.base_fields.values()]
GOOD = ["张三", "50024219900101123X", "2026-11-03", "男", 4, "是", "口粮、照料", "板溪镇", "扎营村"]


def make_row(**over) -> list:
    names = list(VisitForm.base_fields)
    return [over.get(name, value) for name, value in zip(names, GOOD, strict=True)]


def make_file(*rows, labels=LABELS, above=(), sheet="数据") -> bytes:
    book = Workbook()
    page = book.active
    page.title = sheet
    for row in (*above, labels, *rows):
        page.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def opened(content: bytes):
    return load_workbook(io.BytesIO(content))


def with_part(content: bytes, name: str, part: bytes, *, deflate: bool = True) -> bytes:
    """The same workbook with one part replaced or added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info.filename, old.read(info.filename))
        new.writestr(name, part)
    return buffer.getvalue()


def part_of(content: bytes, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    return zipfile.ZipFile(io.BytesIO(content)).read(name)
