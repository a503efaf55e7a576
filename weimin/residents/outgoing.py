"""Residents for a workbook, column by column: what `listing.line` says of each of them; a test holds the two together.

Imported only by what works in bulk (`Later`), since polars and numpy cost a start.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl
from django.db.models import BinaryField, ExpressionWrapper, F, Model, Q, QuerySet
from django.utils.translation import gettext as _

from weimin.flows.listing import in_queue_order
from weimin.regions.queries import names
from weimin.regions.rules import township_of
from weimin.residents import listing
from weimin.residents.models import Gender, GroupKind, Resident, ResidentStatus
from weimin.residents.queries import DELICATE, groups_of
from weimin.secrets.bulk import unseal_many
from weimin.secrets.masking import form_for, masked
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

MOST = 200_000
AT_ONCE = 20_000
PLAIN = {
    "pk": pl.Int64, "region": pl.Int64, "name": pl.String, "gender": pl.String, "birth_on": pl.Date, "address": pl.String, "relation": pl.String,
    "status": pl.String,
}  # fmt: skip
SHAPE = {
    "township": pl.String, "village": pl.String, "name": pl.String, "gender": pl.String, "birth_on": pl.Date, "age": pl.Int32, "id_number": pl.String,
    "phone": pl.String, "address": pl.String, "relation": pl.String, "groups": pl.String, "status": pl.String,
}  # fmt: skip


def frame_of(actor: Actor, chosen: dict[str, str], today: date, *, full: bool) -> pl.DataFrame:
    """The columns of `SHAPE` for what the list shows, in its order. RuleBroken beyond MOST: such a file is nobody's work any more."""
    parts, given = [pl.DataFrame(schema=SHAPE)], 0
    for rows, who in pages(actor, chosen, today):
        given += len(rows)
        if given > MOST:
            raise RuleBroken(_("超过 %(most)d 人，请先按乡镇或村筛选再导出。") % {"most": MOST})
        parts.append(shown(actor, rows, held_groups(actor, who), today, full=full))
    return pl.concat(parts)


def pages(actor: Actor, chosen: dict[str, str], today: date) -> Iterator[tuple[list[tuple[Any, ...]], Q]]:
    """Values of `PLAIN` and the sealed columns, page after page by keyset, and the condition on memberships of groups that finds theirs."""
    if chosen.get("text", "").strip():
        found = [row.pk for row in listing.page_for(actor, chosen, today, shut=True).rows]
        lines = values(Resident.objects.visible_to(actor).filter(pk__in=found))
        if found:
            yield sorted(lines, key=lambda line: found.index(line[0])), Q(resident__in=found)
        return
    queryset, order = listing.filtered(actor, chosen, today)
    number = order[1] if len(order) > 1 else "pk"
    beyond, who = Q(), listing.narrowed(chosen, today, "resident__")
    while True:
        with in_queue_order():
            rows = list(values(queryset.filter(beyond).order_by("place", number))[:AT_ONCE])
        if not rows:
            return
        first, (last, place) = rows[0][1], rows[-1][:2]
        yield rows, who & Q(resident__place__gte=first, resident__place__lte=place)
        beyond = Q(place__gte=place) & (Q(place__gt=place) | Q(**{f"{number}__gt": last}))


def values(queryset: QuerySet[Any]) -> QuerySet[Any, tuple[Any, ...]]:
    """The identifiers stay sealed: one by one they would cost more than all the rest."""
    model: type[Model] = queryset.model
    before = "" if model is Resident else "resident__"
    sealed = (ExpressionWrapper(F(before + name), output_field=BinaryField()) for name in listing.SEALED)
    return queryset.values_list(*(before + name for name in PLAIN), *sealed)


def held_groups(actor: Actor, who: Q) -> pl.DataFrame:
    """The groups of each resident as the list writes them: `pk`, `groups`."""
    rows = groups_of(actor).exclude(kind__in=DELICATE).filter(who, until_on__isnull=True).order_by("pk").values_list("resident_id", "kind")
    words = labels(GroupKind)
    frame = pl.DataFrame(list(rows), schema={"pk": pl.Int64, "groups": pl.String}, orient="row").with_columns(pl.col("groups").replace(words))
    return frame.group_by("pk", maintain_order=True).agg(pl.col("groups").str.join("、"))  # text: data


def shown(actor: Actor, rows: list[tuple[Any, ...]], groups: pl.DataFrame, today: date, *, full: bool) -> pl.DataFrame:
    columns = list(zip(*rows, strict=True))
    frame = pl.DataFrame(dict(zip(PLAIN, columns, strict=False)), schema=PLAIN)
    opened = {name: opened_column(name, column) for name, column in zip(listing.SEALED, columns[len(PLAIN) :], strict=True)}
    if not full:
        opened = {name: masked_column(name, column, actor.role) for name, column in opened.items()}
        frame = frame.with_columns(masked_column("address", frame["address"], actor.role))
    codes = frame["region"].unique().to_list()
    known = names({*codes, *map(township_of, codes)})
    frame = frame.with_columns(
        pl.col("region").replace_strict(codes, [known[township_of(code)] for code in codes], return_dtype=pl.String).alias("township"),
        pl.col("region").replace_strict(codes, [known[code] for code in codes], return_dtype=pl.String).alias("village"),
        age(today).alias("age"), pl.col("gender").replace(labels(Gender)), *opened.values(),
    ).with_columns(pl.col("status").replace(labels(ResidentStatus)))  # fmt: skip
    return frame.join(groups, on="pk", how="left", maintain_order="left").with_columns(pl.col("groups").fill_null("")).select(list(SHAPE))


def opened_column(name: str, sealed: tuple[Any, ...]) -> pl.Series:
    field: Any = Resident._meta.get_field(name)
    return pl.Series(name, unseal_many([bytes(value or b"") for value in sealed], field.place), pl.String)


def masked_column(name: str, column: pl.Series, role: str) -> pl.Series:
    """Each different text is masked once: a household has one address."""
    form, different = form_for(name, role), column.unique().to_list()
    return column.replace_strict(different, [masked(name, text, form) for text in different], return_dtype=pl.String)


def age(today: date) -> pl.Expr:
    """`age_on` of the living."""
    born = pl.col("birth_on").dt
    before = born.month().cast(pl.Int32) * 100 + born.day() > today.month * 100 + today.day
    return pl.when(pl.col("status") == ResidentStatus.LIVING.value).then(today.year - born.year() - before.cast(pl.Int32))


def labels(choices: Any) -> dict[str, str]:
    return {str(value): str(label) for value, label in choices.choices}
