"""Lists: the table with its phone cards, the keyset pager, tabs, money table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import QueryDict
from django.template import Context, Library
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from weimin.ui import formats
from weimin.ui.components import status
from weimin.ui.paging import Page
from weimin.ui.tables import Cell, Column, cell

register = Library()


@register.inclusion_tag("ui/components/table.html", takes_context=True)
def table(
    context: Context,
    columns: Sequence[Column],
    rows: Sequence[Any],
    caption: str = "",
    compact: bool = False,
    empty_words: str = "",
) -> dict[str, Any]:
    """Rows under declared columns (`weimin.ui.tables.Column`). On a phone each row is a card; `compact` makes the card of a to-do
    list. Sorting links keep the other filters of the address. `caption` is said to screen readers."""
    request = context.get("request")
    query = request.GET if request else QueryDict()
    return {
        "request": request,
        "heads": [_head(column, query) for column in columns],
        "rows": drawn_rows(columns, rows),
        "caption": caption,
        "compact": compact,
        "empty_words": empty_words or _("没有符合条件的记录"),
    }


def drawn_rows(columns: Sequence[Column], rows: Sequence[Any]) -> list[list[dict[str, Any]]]:
    """The cells of each row: `open` its tag, `inside` what it shows; a column with a template of its own has `cell` to draw with.

    In Python and not in a template: a page of twenty rows has two hundred cells, and a fragment for each was a fifth of the page's time.
    """
    opening = [format_html('<td class="{}" data-l="{}">', column.classes, column.label) for column in columns]
    return [[drawn(cell(row, column), tag) for column, tag in zip(columns, opening, strict=True)] for row in rows]


def drawn(one: Cell, opening: SafeString) -> dict[str, Any]:
    return {"open": opening, "cell": one} if one.column.template else {"open": opening, "inside": INSIDE.get(one.column.kind, plain)(one)}


def plain(one: Cell) -> SafeString:
    words = format_html('<a href="{}">{}</a>', one.url, one.value) if one.url else one.value
    hint = format_html('<span class="hint">{}</span>', one.hint) if one.hint else ""
    return format_html("<span>{}{}</span>", words, hint)


def way(one: Cell) -> SafeString:
    return format_html('<a class="btn s" href="{}">{}</a>', one.url, one.value) if one.value else SafeString("")


INSIDE: dict[str, Callable[[Cell], Any]] = {
    "lamp": lambda one: status.lamp(one.value), "tag": lambda one: status.tag(*one.value[:2]) if one.value else "—", "action": way,
}  # fmt: skip


def _head(column: Column, query: QueryDict) -> dict[str, Any]:
    if not column.sort:
        return {"column": column, "href": "", "sorted": ""}
    now = query.get("sort", "")
    sorted_as = {column.sort: "ascending", f"-{column.sort}": "descending"}.get(now, "")
    wanted = f"-{column.sort}" if sorted_as == "ascending" else column.sort
    return {"column": column, "href": address_with(query, sort=wanted, cursor=None), "sorted": sorted_as}


def address_with(query: QueryDict, **changes: str | None) -> str:
    """The query string with some values replaced (None or empty removes one); "?" alone when nothing is left."""
    changed = query.copy()
    for name, value in changes.items():
        if value:
            changed[name] = value
        else:
            changed.pop(name, None)
    return f"?{changed.urlencode()}"


@register.inclusion_tag("ui/components/pager.html", takes_context=True)
def pager(context: Context, page: Page, export: str = "") -> dict[str, Any]:
    """Links to the neighbouring keyset pages, filters kept; `export` is the address of "导出 Excel" of what is shown."""
    request = context.get("request")
    query = request.GET if request else QueryDict()
    return {
        "count": len(page.rows),
        "previous": address_with(query, cursor=page.previous) if page.previous else "",
        "next": address_with(query, cursor=page.next) if page.next else "",
        "first": address_with(query, cursor=None) if page.previous else "",
        "export": _export(export, query) if export else "",
    }


def _export(address: str, query: QueryDict) -> str:
    """The address of the export with the filters of this page and its own parameters ("?excel=1", "/sites/export/")."""
    path, _mark, own = address.partition("?")
    return path + address_with(query, cursor=None, **QueryDict(own).dict())


@register.inclusion_tag("ui/components/tabs.html", takes_context=True)
def tabs(context: Context, choices: Sequence[tuple[str, str, int | None]], name: str, label: str) -> dict[str, Any]:
    """Filters as links: (value, words, count or None) for the parameter `name`; the first one is the default."""
    request = context.get("request")
    query = request.GET if request else QueryDict()
    known = [value for value, _words, _count in choices]
    chosen = query.get(name, "")
    chosen = chosen if chosen in known else (known[0] if known else "")
    lines = [
        {
            "href": address_with(query, **{name: value, "cursor": None}),
            "words": words,
            "count": count,
            "here": value == chosen,
        }
        for value, words, count in choices
    ]
    return {"tabs": lines, "label": label}


@register.inclusion_tag("ui/components/money_table.html")
def money_table(heads: Sequence[str], rows: Sequence[tuple[str, Sequence[int | None]]], caption: str = "", total: bool = True) -> dict[str, Any]:
    """Sums in yuan: the first of `heads` names the rows, the others the columns; amounts in fen. `total` adds the last line."""
    sums = [sum(amounts[i] or 0 for _label, amounts in rows) for i in range(len(heads) - 1)] if total else []
    return {
        "heads": heads,
        "rows": [(label, [_amount(head, fen) for head, fen in zip(heads[1:], amounts, strict=True)]) for label, amounts in rows],
        "sums": [_amount(head, fen) for head, fen in zip(heads[1:], sums, strict=False)],
        "caption": caption,
    }


def _amount(head: str, fen: int | None) -> dict[str, Any]:
    return {"head": head, "text": formats.yuan_figure(fen), "negative": fen is not None and fen < 0}
