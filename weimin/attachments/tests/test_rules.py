import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from weimin.attachments.pictures import measure, thumbnail
from weimin.attachments.rules import KINDS, MEGABYTE, FileKind, Found, check_size, clean_name, recognise, register_kind
from weimin.attachments.tests.builders import PDF, office, photo_from_a_phone, picture, png_claiming
from weimin.walls.errors import RuleBroken

ANY = FileKind("any", "任意", ("jpg", "png", "webp", "pdf", "docx", "xlsx"), 20 * MEGABYTE)
DOCX, XLSX = office("word/document.xml"), office("xl/workbook.xml")


@pytest.mark.parametrize(
    ("data", "extension", "size"),
    [
        (picture(), "jpg", (800, 600)),
        (picture("PNG"), "png", (800, 600)),
        (picture("WEBP"), "webp", (800, 600)),
        (PDF, "pdf", (None, None)),
        (DOCX, "docx", (None, None)),
        (XLSX, "xlsx", (None, None)),
    ],
)
@pytest.mark.req("X6")
def test_the_type_is_decided_by_content(data, extension, size):
    found = recognise(data, ANY)
    assert (found.extension, (found.width, found.height)) == (extension, size)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"MZ\x90\0" * 100, "这不是可以上传的文件"),
        (b"<html><script>alert(1)</script>", "这不是可以上传的文件"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "这不是可以上传的文件"),
        (picture("GIF"), "这不是可以上传的文件"),
        (office("evil.exe"), "这不是可以上传的文件"),
        (b"PK\x03\x04 not an archive", "文件已损坏"),
        (office("word/document.xml", "word/vbaProject.bin"), "文件里有宏"),
        (office("xl/workbook.xml", "xl/huge.xml", filler=50_000_000), "压缩炸弹"),
        (PDF.replace(b"%%EOF", b""), "文件已损坏"),
        (PDF.replace(b"/Type", b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>/Type"), "PDF 里有脚本"),
        (picture()[:500], "图片已损坏"),
        (picture("PNG")[:-60], "图片已损坏"),
        (png_claiming(50_000, 50_000), "图片展开后过大"),
        (png_claiming(9_000, 7_000), "图片展开后过大"),
    ],
)
@pytest.mark.req("X6")
def test_a_hostile_or_damaged_file_is_refused_with_a_sentence(data, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        found = recognise(data, ANY)
        thumbnail(data, found.extension)


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"%PDF-", b"PK\x03\x04"]),
)
def test_any_bytes_are_recognised_or_refused_never_an_error(data, head):
    try:
        found = recognise(head + data, ANY)
        if found.width:
            thumbnail(head + data, found.extension)
    except RuleBroken as refusal:
        assert str(refusal)


def test_a_kind_takes_its_own_types_only():
    with pytest.raises(RuleBroken, match="“照片”只收：jpg、png、webp"):
        recognise(PDF, KINDS["photo"])


@pytest.mark.parametrize(("size", "sentence"), [(0, "文件是空的"), (12 * MEGABYTE + 1, "文件有 12.0 MB，“照片”最大 12 MB")])
def test_an_empty_or_too_large_file_is_refused(size, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        check_size(KINDS["photo"], size, 20 * MEGABYTE)


def test_the_installation_caps_every_kind():
    check_size(KINDS["photo"], 5 * MEGABYTE, 5 * MEGABYTE)
    with pytest.raises(RuleBroken, match="最大 5 MB"):
        check_size(KINDS["photo"], 5 * MEGABYTE + 1, 5 * MEGABYTE)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("验收照片.JPG", "验收照片.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\照片\\一.exe", "一.jpg"),
        ("a\x00b\r\n<c>.png", "abc.jpg"),
        ("...", "附件.jpg"),
        ("长" * 300 + ".jpg", "长" * 116 + ".jpg"),
    ],
)
def test_a_name_keeps_its_stem_and_gets_the_extension_of_its_content(name, clean):
    assert clean_name(name, "jpg") == clean


def test_a_photo_is_measured_upright():
    assert measure(photo_from_a_phone(), "jpg") == (600, 800)


@pytest.mark.req("X6")
def test_the_thumbnail_is_upright_small_and_without_place():
    with Image.open(io.BytesIO(thumbnail(photo_from_a_phone(), "jpg"))) as small:
        top, bottom = small.getpixel((180, 10)), small.getpixel((180, 470))
        assert (small.format, small.size, dict(small.getexif())) == ("JPEG", (360, 480), {})
    assert (top[0] > 200 > top[2], bottom[2] > 200 > bottom[0]) == (True, True)


def test_a_kind_is_registered_once():
    with pytest.raises(ValueError, match="photo is registered twice"):
        register_kind("photo", "照片", ["jpg"], 1)


def test_a_found_picture_says_what_it_is():
    assert recognise(picture("PNG", (3, 2)), ANY) == Found("png", "image/png", 3, 2)
