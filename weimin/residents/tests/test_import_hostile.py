"""Hostile files are refused when they are uploaded, and nothing of them is kept."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from weimin.actions.act import act
from weimin.residents.models import Import, ImportFile
from weimin.residents.tests.import_builders import bring, people, sheet
from weimin.walls.actor import system_actor
from weimin.walls.errors import RuleBroken
from weimin.walls.session import entered

pytestmark = [pytest.mark.req("X5"), pytest.mark.req("X13")]


def changed(content: bytes, part: str, how) -> bytes:
    """The workbook with one of its parts changed, or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), part}:
            data = old.read(name) if name in old.namelist() else b""
            new.writestr(name, how(data) if name == part else data)
    return target.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
HOSTILE = {
    "bomb": lambda good: changed(good, "xl/media/a.xml", lambda _old: b"0" * (450 * 1024 * 1024)),
    "entity": lambda good: changed(good, SHEET, lambda old: b'<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>' + old),
    "formula": lambda good: changed(good, SHEET, lambda old: old.replace(b"<is>", b"<f>1+1</f><is>", 1).replace(b"<v>", b"<f>1+1</f><v>", 1)),
    "macro": lambda good: changed(good, "xl/vbaProject.bin", lambda _old: b"x"),
    "picture": lambda good: b"\x89PNG\r\n\x1a\n" + good,
    "far cell": lambda good: changed(good, SHEET, lambda old: old.replace(b'r="A2"', b'r="A1048576"', 1)),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_and_nothing_is_kept(jurisdiction, actor, what):
    clerk = actor("township", 500242101000)
    files = MultiValueDict({"sheets": [SimpleUploadedFile("a.xlsx", HOSTILE[what](sheet(people(2))))]})
    with pytest.raises(RuleBroken):
        act(clerk, "residents.upload_import", {}, "key", files=files)
    with entered(system_actor()):
        assert (Import.objects.count(), ImportFile.objects.count()) == (0, 0)


def test_a_sheet_without_the_columns_is_refused_by_its_name(jurisdiction, actor):
    row = bring(actor("township", 500242101000), "甲,乙\n1,2\n".encode(), names=("别的.csv",))
    assert (row.state, row.sentence.startswith("《别的.csv》")) == ("refused", True)
