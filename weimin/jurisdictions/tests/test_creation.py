import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from weimin.jurisdictions import models
from weimin.jurisdictions.creation import create_jurisdiction
from weimin.jurisdictions.models import Jurisdiction
from weimin.jurisdictions.repeating import Record
from weimin.walls.errors import RuleBroken

pytestmark = [pytest.mark.django_db, pytest.mark.req("N1")]


def tables(schema: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = %s", [schema])
        return cursor.fetchone()[0]


def schemas() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_namespace")
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("code", "schema", "name"),
    [(371402000000, "j371402", "德城区"), (500242101000, "j500242101", "龙潭镇"), (441900000000, "j4419", "东莞市")],
)
def test_a_county_a_township_and_a_city_without_counties_become_jurisdictions(code, schema, name, capsys):
    call_command("jurisdiction_create", str(code), json=True)
    assert json.loads(capsys.readouterr().out) == {"code": code, "name": name, "schema": schema}
    assert tables(schema) == tables("j500242") > 20


@pytest.mark.parametrize("code", [500000000000, 500100000000, 341221203200, 500242999000])
def test_what_does_not_suit_is_refused_and_leaves_nothing(code):
    before = schemas()
    with pytest.raises(CommandError):
        call_command("jurisdiction_create", str(code))
    assert (Jurisdiction.objects.count(), schemas()) == (2, before)


def test_the_same_code_twice_is_refused():
    with pytest.raises(RuleBroken, match="已经是辖区，没有重复建立"):
        create_jurisdiction(500242000000)


@pytest.mark.parametrize("odd", ["", "酉阳", "50024", "5002420000001", "５００２４２００００００"])
def test_what_is_no_code_is_refused_with_a_sentence(odd):
    with pytest.raises(CommandError, match="区划代码是 12 位数字"):
        call_command("jurisdiction_create", odd)


@pytest.mark.parametrize("way", ["call_command", "repeat"])
def test_a_failure_on_the_way_leaves_neither_row_nor_schema(monkeypatch, way):
    def fail(*args, **named):
        raise RuntimeError("power cut")

    before = schemas()
    monkeypatch.setattr(models, way, fail)
    monkeypatch.setattr(models, "recorded", lambda: Record("j1", ()) if way == "repeat" else None)
    with pytest.raises(RuntimeError):
        create_jurisdiction(371402000000)
    assert (Jurisdiction.objects.filter(code=371402000000).exists(), schemas()) == (False, before)


def test_the_list_names_all(capsys):
    call_command("jurisdiction_list", json=True)
    rows = json.loads(capsys.readouterr().out)
    assert [(row["code"], row["schema"]) for row in rows] == [(341221203000, "j341221203"), (500242000000, "j500242")]
    call_command("jurisdiction_list")
    assert "500242000000  酉阳土家族苗族自治县" in capsys.readouterr().out
