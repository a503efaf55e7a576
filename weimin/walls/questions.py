"""Questions that pages ask over and over: the queryset is compiled once for each process, its statement prepared once for each connection (0012)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from enum import Enum
from functools import cached_property
from inspect import signature
from itertools import repeat
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from django.db import connection, models
from django.db.models.query import ModelIterable, get_related_populators
from psycopg.sql import Literal

from weimin.walls.actor import Actor
from weimin.walls.models import ScopedQuerySet
from weimin.walls.prepared import prepared

Row = TypeVar("Row", bound=models.Model)
LARGEST = 2**63 - 1  # of a bigint; a number out of an address may be longer, and no row has it


class Compiled(NamedTuple):
    """`order`: which value stands at each mark of the statement; `converters` as Django's compiler applies them to its rows; `plain`: values are asked for."""

    statement: str
    order: list[int]
    compiler: Any
    converters: Any
    plain: bool


class Question(Generic[Row]):
    """Rows that an actor may see, under conditions whose values alone change from page to page.

    ask: gets the rows in range and a mark for each value, gives a queryset; it is called when the question is first asked, and never again. Constants in it
    stand in the statement as they are, so that the planner may use an index with a condition. kinds: what the values are, whole numbers unless told.

    A question is as `visible_to(actor)` has it: nothing for a post without the purpose, nothing outside its range; the database looks once more.
    """

    ALL: ClassVar[list[Question[Any]]] = []

    def __init__(self, model: type[Row], ask: Callable[..., models.QuerySet[Any]], *kinds: type) -> None:
        if type(model.objects.all()).visible_to is not ScopedQuerySet.visible_to:  # type: ignore[attr-defined]
            raise TypeError(f"{model.__name__} has its own idea of what is visible")
        self.model, self.ask = model, ask
        self.kinds = (int, int, *(kinds or repeat(int, len(signature(ask).parameters) - 1)))
        self.ALL.append(self)

    def __call__(self, actor: Actor, *values: Any) -> list[Row]:
        if not actor.has_purpose(getattr(self.model, "purpose", "")) or any(isinstance(one, int) and one > LARGEST for one in values):
            return []
        asked, given = self._compiled, (actor.low, actor.high, *values)
        with prepared() as cursor:
            cursor.execute(asked.statement, [given[place] for place in asked.order])
            found = cursor.fetchall()
        return list(made(asked, found)) if found else []

    @cached_property
    def _compiled(self) -> Compiled:
        """Compiled with two sets of marks: what differs is a value, everything else a constant."""
        marks = [_marks(kind, number) for number, kind in enumerate(self.kinds)]
        (rows, compiler, text, first), (_rows, _same, _text, second) = (self._asked([pair[turn] for pair in marks]) for turn in (0, 1))
        order, places = [], []
        for one, other in zip(first, second, strict=True):
            if one != other:
                order.append([pair[0] for pair in marks].index(one))
            places.append("%s" if one != other else _literal(one))
        if set(order) != set(range(len(marks))):
            raise TypeError(f"a question about {self.model.__name__} does not use each of its values")
        head, *rest = text.split("%s")
        statement = head + "".join(place + part for place, part in zip(places, rest, strict=True))
        converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
        return Compiled(statement, order, compiler, converters, rows._iterable_class is not ModelIterable)

    def _asked(self, marks: list[Any]) -> tuple[Any, Any, str, Sequence[Any]]:
        low, high, *values = marks
        rows = self.ask(self.model._default_manager.filter(region__gte=low, region__lte=high), *values)
        compiler = rows.query.get_compiler(connection=connection)
        text, given = compiler.as_sql()
        return rows, compiler, text, given


def made(asked: Compiled, found: Sequence[Sequence[Any]]) -> Iterator[Any]:
    """Rows of models with what was selected along with them, as `ModelIterable` makes them; plain tuples for a queryset of values."""
    compiler = asked.compiler
    read: Iterable[Any] = compiler.apply_converters(found, asked.converters) if asked.converters else found
    if asked.plain:
        yield from map(tuple, read)
        return
    model, chosen = compiler.klass_info["model"], compiler.klass_info["select_fields"]
    first, last = chosen[0], chosen[-1] + 1
    names = [column[0].target.attname for column in compiler.select[first:last]]
    beside = get_related_populators(compiler.klass_info, compiler.select, connection.alias)  # type: ignore[call-arg]  # the stubs are of a later Django
    for values in read:
        row = model.from_db(connection.alias, names, values[first:last])
        for populator in beside:
            populator.populate(values, row)
        yield row


def _marks(kind: type, number: int) -> tuple[Any, Any]:
    """Two values of a kind that nothing else has; whole numbers fit the smallest column."""
    if kind is int:
        return 31_000 + number, 31_500 + number
    if kind is date:
        return date(9000, 1, 1) + timedelta(number), date(9500, 1, 1) + timedelta(number)
    return f"\ue000{number}", f"\ue001{number}"


def _literal(value: Any) -> str:
    """A constant as it stands in a statement that has marks."""
    connection.ensure_connection()
    plain = value.value if isinstance(value, Enum) else value
    return Literal(plain).as_string(connection.connection).replace("%", "%%")
