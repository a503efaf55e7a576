"""The English catalogues: one .po a room, kept in step with the sources; what is wrong with them; their compiled form."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import polib

from tools.message_sources import Text

Key = tuple[str | None, str]
Wanted = dict[str, dict[Key, Text]]
PLACEHOLDERS = re.compile(r"%\((\w+)\)[-+ #0-9.]*[diouxXeEfFgGcrs]|%(?!\()[-+#0-9.]*[dsfr]|\{(\w*)[^{}]*\}")
HEADER = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "en",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


def catalogue_path(package: Path, room: str) -> Path:
    return package / room / "locale" / "en" / "LC_MESSAGES" / "django.po"


def read_all(package: Path) -> dict[str, polib.POFile]:
    """Room → its catalogue, for rooms that have one."""
    paths = sorted(package.glob("*/locale/en/LC_MESSAGES/django.po"))
    return {path.relative_to(package).parts[0]: polib.pofile(str(path), wrapwidth=0) for path in paths}


def key_of(entry: polib.POEntry) -> Key:
    return (entry.msgctxt, entry.msgid)


def is_done(entry: polib.POEntry) -> bool:
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    return bool(texts) and all(text.strip() for text in texts) and "fuzzy" not in entry.flags


def update_all(package: Path, wanted: Wanted) -> dict[str, tuple[int, int]]:
    """Writes every catalogue; room → (texts, texts without English). Translations stay; one done in another room is taken over;
    what no source says any more goes, a file that would be empty too."""
    known = read_all(package)
    done = {key_of(entry): entry for catalogue in known.values() for entry in catalogue if is_done(entry)}
    counts = {}
    for room, texts in wanted.items():
        path = catalogue_path(package, room)
        if not texts:
            path.unlink(missing_ok=True)
            continue
        own = {key_of(entry): entry for entry in known.get(room, [])}
        catalogue = polib.POFile(wrapwidth=0)
        catalogue.metadata = dict(HEADER)
        for text in texts.values():
            catalogue.append(entry_for(text, own.get(text.key), done.get(text.key)))
        _write(path, catalogue)
        counts[room] = (len(catalogue), sum(not is_done(entry) for entry in catalogue))
    return counts


def entry_for(text: Text, own: polib.POEntry | None, other: polib.POEntry | None) -> polib.POEntry:
    """A fresh entry with the English of the same text here, else in another room."""
    old = own if own is not None and (is_done(own) or other is None) else other
    entry = polib.POEntry(msgid=text.msgid, msgctxt=text.context, occurrences=[(name, "") for name in text.files])
    if text.plural:
        entry.msgid_plural = text.plural
        entry.msgstr_plural = dict(old.msgstr_plural) if old is not None and old.msgid_plural else {0: "", 1: ""}
    elif old is not None:
        entry.msgstr = old.msgstr
    if old is not None:
        entry.flags = [flag for flag in old.flags if flag == "fuzzy"]
        entry.tcomment = old.tcomment
    return entry


def _write(path: Path, catalogue: polib.POFile) -> None:
    written = str(catalogue) + ("" if str(catalogue).endswith("\n") else "\n")
    if not path.exists() or path.read_text("utf-8") != written:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written, "utf-8")


def problems_of(package: Path, wanted: Wanted, known: dict[str, polib.POFile]) -> list[str]:
    """Missing and fuzzy English, placeholders that differ, texts nobody uses, one text with two Englishes."""
    faults = []
    for room, texts in wanted.items():
        where = f"{package.name}/{room}/locale"
        own = {key_of(entry): entry for entry in known.get(room, [])}
        for key, text in texts.items():
            if fault := fault_of(text, own.get(key)):
                faults.append(f"{where}: {fault}: {text.msgid!r} ({text.files[0]})")
        faults += [f"{where}: no source says this any more: {key[1]!r}" for key in own if key not in texts]
    faults += [f"{package.name}/{room}/locale: a catalogue without a room" for room in known if room not in wanted]
    return faults + conflicts(package, known)


def fault_of(text: Text, entry: polib.POEntry | None) -> str:
    if entry is None:
        return "not in the catalogue"
    if "fuzzy" in entry.flags:
        return "the English is marked fuzzy"
    if bool(text.plural) != bool(entry.msgid_plural) or not is_done(entry):
        return "no English"
    for english in entry.msgstr_plural.values() if text.plural else [entry.msgstr]:
        if placeholders(text.msgid) != placeholders(english):
            return "other placeholders in the English"
    return ""


def placeholders(text: str) -> set[str]:
    """Named ones by name, others as they stand; how often and in which order does not matter."""
    found = PLACEHOLDERS.finditer(text.replace("%%", ""))
    return {match.group(1) or match.group(2) or match.group(0) for match in found}


def conflicts(package: Path, known: dict[str, polib.POFile]) -> list[str]:
    """Django merges the catalogues, so the same text must have the same English everywhere; a context (pgettext) sets two apart."""
    said: dict[Key, dict[str, str]] = defaultdict(dict)
    for room, catalogue in known.items():
        for entry in catalogue:
            if is_done(entry):
                said[key_of(entry)].setdefault("|".join(entry.msgstr_plural.values()) or entry.msgstr, room)
    return [
        f"{package.name}/{list(englishes.values())[-1]}/locale: {msgid!r} has several Englishes: "
        + "; ".join(f"{english!r} in {room}" for english, room in englishes.items())
        for (_context, msgid), englishes in said.items()
        if len(englishes) > 1
    ]


def compile_all(package: Path) -> int:
    """Writes the .mo of every catalogue; how many."""
    known = read_all(package)
    for room, catalogue in known.items():
        catalogue.save_as_mofile(str(catalogue_path(package, room).with_suffix(".mo")))
    return len(known)
