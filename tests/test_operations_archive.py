"""Every way in which a backup file can be damaged is found without a database."""

import tarfile
from pathlib import Path

import pytest

from weimin.config.backup.archive import Manifest, verify_archive, write_archive
from weimin.config.backup.contents import Contents, differences
from weimin.config.backup.refusals import BackupFailed

pytestmark = pytest.mark.req("X10")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    dump = tmp_path / "dump"
    dump.write_bytes(b"d" * 50_000)
    files = tmp_path / "attachments"
    files.mkdir()
    (files / "photo.jpg").write_bytes(b"p" * 3_000)
    target = tmp_path / "backup.tar"
    write_archive(target, Manifest("2026-11-23T10:00:00", "0.1.0", "180004", {"public.t": [3, "7-9"]}, {}, {}), dump, files)
    return target


def test_a_whole_backup_tells_what_it_holds(archive: Path) -> None:
    manifest = verify_archive(archive)
    assert manifest.tables == {"public.t": [3, "7-9"]}
    assert manifest.files["attachments/photo.jpg"][0] == 3_000


def test_a_backup_is_readable_by_its_owner_only(archive: Path) -> None:
    assert archive.stat().st_mode & 0o777 == 0o600


def test_one_changed_bit_in_any_content_is_found(archive: Path) -> None:
    whole = archive.read_bytes()
    with tarfile.open(archive) as opened:
        places = [(member.offset_data, member.size) for member in opened.getmembers()]
    for start, size in places:
        for position in (start, start + size // 2, start + size - 1):
            damaged = bytearray(whole)
            damaged[position] ^= 1
            archive.write_bytes(damaged)
            with pytest.raises(BackupFailed, match="备份已损坏"):
                verify_archive(archive)


@pytest.mark.parametrize("kept", [0, 100, 512, 2_000, 30_000, 52_000])
def test_a_backup_that_was_cut_short_is_found(archive: Path, kept: int) -> None:
    archive.write_bytes(archive.read_bytes()[:kept])
    with pytest.raises(BackupFailed, match="备份已损坏"):
        verify_archive(archive)


def repack(archive: Path, change) -> None:
    """Write the archive anew with the members that `change(name)` maps to a name; None leaves one out."""
    fresh = archive.with_suffix(".new")
    with tarfile.open(archive) as old, tarfile.open(fresh, "w") as new:
        for member in old.getmembers():
            content = old.extractfile(member)
            name = change(member.name)
            if name is not None:
                member.name = name
                new.addfile(member, content)
    fresh.replace(archive)


def test_a_missing_attachment_is_named(archive: Path) -> None:
    repack(archive, lambda name: None if name.endswith(".jpg") else name)
    with pytest.raises(BackupFailed, match="缺少文件 attachments/photo.jpg"):
        verify_archive(archive)


def test_an_added_file_is_refused(archive: Path) -> None:
    repack(archive, lambda name: "attachments/other.jpg" if name.endswith(".jpg") else name)
    with pytest.raises(BackupFailed, match="多出文件 attachments/other.jpg"):
        verify_archive(archive)


def test_a_name_that_climbs_out_of_the_folder_is_refused(archive: Path) -> None:
    repack(archive, lambda name: "attachments/../../etc/passwd" if name.endswith(".jpg") else name)
    with pytest.raises(BackupFailed, match="不允许的内容"):
        verify_archive(archive)


def test_another_file_is_not_taken_for_a_backup(tmp_path: Path) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("您好")
    with pytest.raises(BackupFailed, match="不是为民的备份"):
        verify_archive(other)


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (Contents({"a": [2, "x"]}, {"s": 5}), []),
        (Contents({"a": [2, "x"]}, {"s": 9}), []),
        (Contents({"a": [1, "x"]}, {"s": 5}), ["表 a 应有 2 行，实有 1 行"]),
        (Contents({"a": [2, "y"]}, {"s": 5}), ["表 a 的内容与备份时不同"]),
        (Contents({"a": [2, "x"]}, {"s": 4}), ["序列 s 落后于备份"]),
        (Contents({"a": [2, "x"], "b": [0, ""]}, {"s": 5}), ["多出表 b"]),
        (Contents({}, {"s": 5}), ["缺少表 a"]),
    ],
)
def test_differences_are_told_by_table(found: Contents, sentence: list[str]) -> None:
    assert differences(Contents({"a": [2, "x"]}, {"s": 5}), found) == sentence
