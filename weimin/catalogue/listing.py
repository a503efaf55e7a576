"""Lines of the catalogue's lists: what an item's row, a version and a paper look like on a page and in Excel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.catalogue.content import ItemContent, Material
from weimin.catalogue.finding import rank
from weimin.catalogue.models import Item, ItemVersion
from weimin.catalogue.saying import ELEMENTS, form_words, limit_words
from weimin.catalogue.vocabulary import HANDLING, ORIGINS, WINDOWS, themes
from weimin.ui.tables import Column

TAGS = {"draft": "warn", "published": "ok", "replaced": "off", "dropped": "off"}
STATES = [("offered", _("开办")), ("stopped", _("停办")), ("draft", _("有草稿"))]
ASIDE = ("code", "official_code", "kind", "window", "theme", "subject", "power", "entrusted_by", "audience", "handling", "legal_limit", "promised_limit", "fee", "result", "result_kind", "accepted_at",
         "decided_at", "online", "reach", "agent_allowed", "in_person", "in_person_reason", "visits", "quantity_limit", "public_notice_days", "life_events", "groups", "phone", "complaint_phone")  # fmt: skip
COLUMNS = [
    Column(_("事项"), "name", url="url", hint="code", main=True),
    Column(_("窗口"), "window"),
    Column(_("主题"), "theme", minor=True),
    Column(_("办件类型"), "handling"),
    Column(_("承诺期限"), "limit"),
    Column(_("状态"), "state", kind="tag"),
]
EXPORTED = [(element.name, element.label) for element in ELEMENTS] + [("state", _("状态"))]


@dataclass(frozen=True)
class Line:
    """A row of the list: the version that is shown (in force, else the draft), and whether a draft waits."""

    version: ItemVersion
    drafted: bool

    @property
    def fingerprint(self) -> Any:
        return self.version.fingerprint

    @property
    def content(self) -> ItemContent:
        return self.version.content

    @property
    def name(self) -> str:
        return self.content.name

    @property
    def code(self) -> str:
        return self.content.code

    @property
    def url(self) -> str:
        return reverse("catalogue:item", args=[self.version.item_id])

    @property
    def window(self) -> str:
        return str(WINDOWS[self.content.window])

    @property
    def theme(self) -> str:
        word = themes().get(self.content.theme)
        return word.label if word else ""

    @property
    def handling(self) -> str:
        return str(HANDLING[self.content.handling])

    @property
    def limit(self) -> str:
        return limit_words(self.content.promised_limit) or _now("当场办结")

    @property
    def kind(self) -> str:
        """offered, stopped or draft (never published yet)."""
        if self.version.item.current_id is None:
            return "draft"
        return "offered" if self.version.item.offered else "stopped"

    @property
    def state(self) -> tuple[str, str]:
        if self.kind == "draft":
            return _now("草稿"), "warn"
        if self.kind == "stopped":
            return _now("停办"), "bad"
        return (_now("开办，有新草稿"), "info") if self.drafted else (_now("开办"), "ok")


def lines(chosen: dict[str, str]) -> list[Line]:
    """Every item that the filters let through, best match first when words were typed, else by window and code; one query."""
    rows = ItemVersion.objects.select_related("item").filter(state__in=("published", "draft")).order_by("item__code", "-state")
    found: dict[int, Line] = {}
    for row in rows:  # what is in force comes before the draft
        known = found.get(row.item_id)
        found[row.item_id] = Line(known.version if known else row, row.state == "draft")
    order = [*WINDOWS]
    kept = sorted((line for line in found.values() if fits(line, chosen)), key=lambda line: (order.index(line.content.window), line.code))
    return rank(kept, chosen["text"]) if chosen.get("text", "").strip() else kept


def fits(line: Line, chosen: dict[str, str]) -> bool:
    state = chosen.get("state")
    if state and state != line.kind and not (state == "draft" and line.drafted):
        return False
    return chosen.get("window") in (None, "", line.content.window) and chosen.get("theme") in (None, "", line.content.theme)


def exported(line: Line) -> dict[str, str]:
    return {element.name: "\n".join(element.said(line.content)) for element in ELEMENTS} | {"state": line.state[0]}


def versions_of(item: Item) -> list[ItemVersion]:
    """Newest first; all share the one item."""
    rows = list(item.versions.order_by("-number"))
    for row in rows:
        row.item = item
    return rows


def material_line(row: Material) -> dict[str, Any]:
    """A paper as a table row: name and when it is needed, form, origin, and marks (words, kind)."""
    marks = [(_now("免交：%(source)s") % {"source": row.shared}, "ok")] if row.shared else []
    marks += [(_now("可后补"), "info")] if row.deferrable else []
    marks += [(_now("不是必须"), "off")] if not row.required else []
    return {
        "name": row.name,
        "when": row.condition,
        "form": form_words(row),
        "origin": str(ORIGINS[row.origin]),
        "marks": marks,
        "note": row.note,
        "blank": row.blank,
    }


def materials_of(content: ItemContent) -> Sequence[dict[str, Any]]:
    return [material_line(row) for row in content.materials]
