"""The backup file: a tar of manifest.json, manifest.sha256, database.dump and attachments/…

The manifest lists every other member with its size and SHA-256; its own hash lies beside it. So each single changed,
missing or added byte is found without a database and without the programs of PostgreSQL.
"""
# Both languages are here: gettext is not loaded yet.
# text: data

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from weimin.config.backup.refusals import BackupFailed

FORMAT = 1
MANIFEST, MANIFEST_HASH, DUMP, ATTACHMENTS = "manifest.json", "manifest.sha256", "database.dump", "attachments"
CHUNK = 1024 * 1024


@dataclass
class Manifest:
    """What the backup holds. `files`: member → [bytes, sha256]; `trail`: schema → head of its sealed chain."""

    made_at: str
    version: str
    postgresql: str
    tables: dict[str, list]
    sequences: dict[str, int]
    trail: dict[str, str]
    files: dict[str, list] = field(default_factory=dict)
    keys: str = "not inside: keep the key file apart from this backup"
    format: int = FORMAT


def write_archive(target: Path, manifest: Manifest, dump: Path, attachments: Path) -> None:
    """Write beside the target and move it there when it is whole and on the disk; readable by its owner only."""
    sources = {DUMP: dump} | {f"{ATTACHMENTS}/{name}": attachments / name for name in attachment_names(attachments)}
    manifest.files = {name: list(digest_of(source)) for name, source in sources.items()}
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True).encode()
    part = target.with_name(target.name + ".part")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw:
        with tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as archive:
            _add(archive, MANIFEST, io.BytesIO(text), len(text))
            proof = hashlib.sha256(text).hexdigest().encode()
            _add(archive, MANIFEST_HASH, io.BytesIO(proof), len(proof))
            for name, source in sources.items():
                with open(source, "rb") as content:
                    _add(archive, name, content, manifest.files[name][0])
        raw.flush()
        os.fsync(raw.fileno())
    part.replace(target)


def _add(archive: tarfile.TarFile, name: str, content: IO[bytes], size: int) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    archive.addfile(member, content)


def attachment_names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def digest_of(path: Path) -> tuple[int, str]:
    with open(path, "rb") as content:
        return _digest(content)


def _digest(content: IO[bytes]) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    while chunk := content.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return size, digest.hexdigest()


def verify_archive(path: Path) -> Manifest:
    """The manifest, when every byte is as it was written; otherwise BackupFailed with what is wrong and where."""
    try:
        with tarfile.open(path, mode="r:") as archive:
            manifest = _read_manifest(archive)
            _compare(archive, manifest)
            return manifest
    except FileNotFoundError as error:
        raise BackupFailed(f"没有找到文件 {path}。", f"There is no file {path}.") from error
    except IsADirectoryError as error:
        raise BackupFailed(f"{path} 是文件夹，不是备份文件。", f"{path} is a folder, not a backup.") from error
    except (tarfile.TarError, EOFError, OverflowError, UnicodeDecodeError) as error:
        raise BackupFailed(
            f"备份已损坏：文件不完整或不是为民的备份（{error}）。",
            f"The backup is damaged: incomplete, or not a backup of Weimin ({error}).",
        ) from error


def _read_manifest(archive: tarfile.TarFile) -> Manifest:
    members = {member.name for member in archive.getmembers()}
    if MANIFEST not in members or MANIFEST_HASH not in members:
        raise BackupFailed(
            "备份已损坏：缺少清单，或这不是为民的备份。",
            "The backup is damaged: no manifest, or not a backup of Weimin.",
        )
    text, proof = _content(archive, MANIFEST), _content(archive, MANIFEST_HASH)
    if hashlib.sha256(text).hexdigest().encode() != proof:
        raise BackupFailed("备份已损坏：清单被改动过。", "The backup is damaged: its manifest was changed.")
    found = json.loads(text)
    if found.get("format") != FORMAT:
        raise BackupFailed(
            f"备份格式 {found.get('format')} 由另一个版本的为民写成，本版本只认格式 {FORMAT}。",
            f"The backup has format {found.get('format')} of another release; this one reads {FORMAT}.",
        )
    return Manifest(**found)


def _content(archive: tarfile.TarFile, name: str) -> bytes:
    member = archive.extractfile(name)
    return member.read() if member else b""


def _compare(archive: tarfile.TarFile, manifest: Manifest) -> None:
    seen = set()
    for name, content in contents_of(archive):
        if name not in manifest.files or name in seen:
            raise BackupFailed(f"备份已损坏：多出文件 {name}。", f"The backup is damaged: {name} does not belong to it.")
        seen.add(name)
        size, digest = _digest(content)
        if [size, digest] != manifest.files[name]:
            raise BackupFailed(
                f"备份已损坏：{name} 与清单不符（应为 {manifest.files[name][0]} 字节，实为 {size} 字节）。",
                f"The backup is damaged: {name} differs from the manifest ({manifest.files[name][0]} bytes, found {size}).",
            )
    if missing := manifest.files.keys() - seen:
        raise BackupFailed(f"备份已损坏：缺少文件 {min(missing)}。", f"The backup is damaged: {min(missing)} is missing.")


def contents_of(archive: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    """Name and content of each member but the manifest; links, folders and names that climb out are refused."""
    for member in archive.getmembers():
        if member.name in (MANIFEST, MANIFEST_HASH):
            continue
        content = archive.extractfile(member) if member.isreg() else None
        path = PurePosixPath(member.name)
        if content is None or path.is_absolute() or ".." in path.parts:
            raise BackupFailed(
                f"备份已损坏：含有不允许的内容 {member.name}。",
                f"The backup is damaged: {member.name} is not allowed in it.",
            )
        yield member.name, content
