"""Which Chinese of an English page the house itself says: what stands in no column of the database. Names, addresses, titles that people typed do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.db import connection

from weimin.catalogue.bundles import bundles
from weimin.jurisdictions.models import Jurisdiction
from weimin.regions.models import Region
from weimin.regions.queries import names
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SAID = ("aria-label", "alt", "title", "placeholder", "data-l", "data-confirm", "data-say")
PLAIN = ("script", "style", "title", "textarea", "text", "option")  # what holds no elements cannot be marked inside
EXTRA = ("中文", "龙潭", "的回执")  # the way to Chinese; what the page list looks for; what a message of the house says
TEXTS = """SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = current_schema() AND data_type IN ('text', 'character varying', 'jsonb', 'ARRAY')"""


class Reader(HTMLParser):
    """(text, marked) of what a page says: `marked` where an element around it has a Chinese `lang`."""

    def __init__(self, *, attributes: bool = True) -> None:
        super().__init__()
        self.attributes = attributes
        self.langs: list[tuple[str, str]] = []
        self.said: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        lang = held.get("lang") or (self.langs[-1][1] if self.langs else "")
        self.said += [(held[name] or "", lang.startswith("zh")) for name in SAID if self.attributes and name in held]
        if tag not in VOID:
            self.langs.append((tag, lang))

    def handle_endtag(self, tag: str) -> None:
        while self.langs and self.langs.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        at, lang = self.langs[-1] if self.langs else ("", "")
        if at not in ("script", "style"):
            self.said.append((data.strip(), lang.startswith("zh") or at in PLAIN))


def spoken(page: str) -> list[tuple[str, bool]]:
    reader = Reader()
    reader.feed(page)
    return [(text, marked) for text, marked in reader.said if HAN.search(text)]


def kept() -> set[str]:
    """Every run of Chinese in every text column of the jurisdiction, the names of its places, and the catalogue's bundles, which an office edits."""
    codes = [code for one in Jurisdiction.objects.all() for code in (one.code // 10**10 * 10**10, one.code // 10**8 * 10**8)]
    for one in Jurisdiction.objects.all():
        codes += Region.objects.filter(code__gte=one.low, code__lte=one.high).values_list("code", flat=True)
    said = [
        *Jurisdiction.objects.values_list("name", flat=True),
        *names(codes).values(),
        *(text for one in bundles().values() for text in (one.label, one.summary)),
        *EXTRA,
    ]
    with entered(system_actor()), connection.cursor() as cursor:
        cursor.execute(TEXTS)
        for table, column in cursor.fetchall():
            cursor.execute(f'SELECT DISTINCT "{column}"::text FROM "{table}" WHERE "{column}"::text ~ \'[\u4e00-\u9fff]\'')  # noqa: S608
            said += [row[0] for row in cursor.fetchall()]
    return {run for text in said for run in HAN.findall(text)}


def unknown(text: str, words: set[str]) -> Iterator[str]:
    """The runs of a text that are no run of the database, nor made of several of them; what is masked may be cut short."""
    for run in HAN.finditer(text):
        cut = text[run.end() : run.end() + 1] in ("*", "…")
        if not (made_of(run[0], words) or (cut and any(word.startswith(run[0]) for word in words))):
            yield run[0]


def made_of(run: str, words: set[str]) -> bool:
    reached = {0}
    for start in range(len(run)):
        if start in reached:
            reached |= {end for end in range(start + 1, len(run) + 1) if run[start:end] in words}
    return len(run) in reached


def house_says(page: str, words: set[str]) -> list[str]:
    return [text for text, _marked in spoken(page) if any(unknown(text, words))]


def unmarked(page: str) -> list[str]:
    """Chinese in the text of the page that no element says is Chinese; attributes cannot say it."""
    reader = Reader(attributes=False)
    reader.feed(page)
    return [text for text, marked in reader.said if not marked and HAN.search(text)]
