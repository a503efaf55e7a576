"""Files that people write: what is read, and what is refused with line and field."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from weimin.yamlfiles.checks import add_errors, repeated_keys, truths_for_numbers, unknown_keys
from weimin.yamlfiles.problems import FileInvalid
from weimin.yamlfiles.source import DEEPEST, LARGEST, Source, parse, plain
from weimin.yamlfiles.walk import Shape, loose, walk


class Step(BaseModel):
    model_config = ConfigDict(extra="forbid")
    key: str
    days: Annotated[int, Field(ge=1)] = 5


class Plan(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    steps: list[Step] = []


def problems(source: Source) -> list[str]:
    return [f"{problem.line} {problem.path} {problem.sentence}" for problem in source.problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("true", True),
        ("-12", -12),
        ("1.50", Decimal("1.50")),
        ("2026-3-1", date(2026, 3, 1)),
        ("2026-13-1", "2026-13-1"),
        ("低保", "低保"),
        ("yes", "yes"),
    ],
)
def test_an_unquoted_word_is_what_it_looks_like(text, value):
    assert plain(text) == value


def test_values_come_with_the_line_and_name_of_each():
    source = parse('name: "12"\nsteps:\n- key: open\n  days: 3\n- days: 4\n')
    assert source.value == {"name": "12", "steps": [{"key": "open", "days": 3}, {"days": 4}]}
    assert [(source.line(path), source.name(path)) for path in [("steps", 0, "days"), ("steps", 1, "days"), ("steps", 0, "lost")]] == [
        (4, "steps[open].days"), (5, "steps[2].days"), (3, "steps[open].lost"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: &x 1", 1),
        ("a: 1\nb: *a", 2),
        ("a: !!int 1", 1),
        ("a: 1\n---\nb: 2", 2),
        ("a: 1\nb: [", 2),
        ("[" * (DEEPEST + 1), 1),
        ("? [a]\n: 1", 1),
        ("#" * (LARGEST + 1), 1),
    ],
)
def test_what_a_file_may_not_use_is_refused_with_its_line(text, line):
    with pytest.raises(FileInvalid) as refused:
        parse(text)
    assert refused.value.problems[0].line == line


def test_a_key_written_twice_is_noted_and_the_reading_goes_on():
    source = parse("name: a\nname: b\n")
    assert (problems(source), source.value) == (["2 name “name”写了两次，请只留一个。"], {"name": "b"})


def test_every_error_of_the_schema_is_said_with_its_field():
    source = parse("name: 1\nsteps:\n- key: open\n  days: 0\n")
    with pytest.raises(ValidationError) as wrong:
        Plan.model_validate(source.value)
    add_errors(source, wrong.value)
    assert problems(source) == ["1 name 应当是文字；纯数字或日期请加引号。", "4 steps[open].days 数值太小，不得小于 1。"]


@pytest.mark.parametrize(
    ("check", "text", "found"),
    [
        (unknown_keys, "nme: a", [(("nme",), "不认识的键“nme”，是不是“name”？")]),
        (repeated_keys, "steps: [{key: a}, {key: a}]", [(("steps", 1, "key"), "代号“a”在这个列表里用了两次。")]),
        (truths_for_numbers, "steps: [{key: a, days: true}]", [(("steps", 0, "days"), "这里不能写 true 或 false。")]),
    ],
)
def test_what_a_schema_does_not_see_is_found_on_the_walk(check, text, found):
    source = parse(text)
    assert list(check(list(walk(source.value, Shape(model=Plan))), source)) == found


def test_a_faulty_file_is_built_as_far_as_it_is_sound():
    made = loose({"name": 1, "steps": [{"key": "a", "days": 0}, "?"]}, Plan, {})
    assert (made.name, made.steps[0].key, made.steps[0].days, made.steps[1]) == (None, "a", None, None)


def test_problems_are_told_once_and_in_the_order_of_the_file():
    source = parse("a: 1\nb: 2\n")
    for key in ("b", "a", "b"):
        source.add((key,), "错。")
    assert str(FileInvalid(source.problems)) == "第 1 行 a：错。\n第 2 行 b：错。"
