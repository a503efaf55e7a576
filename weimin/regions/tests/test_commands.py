import json

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def test_regions_find_prints_code_kind_and_path(capsys):
    call_command("regions_find", "龙潭镇", limit=1000)
    assert "500242101000  镇  重庆市 县 酉阳土家族苗族自治县 龙潭镇" in capsys.readouterr().out


def test_regions_find_answers_json(capsys):
    call_command("regions_find", "500242101000", json=True)
    assert json.loads(capsys.readouterr().out)[0]["name"] == "龙潭镇"


def test_regions_find_says_when_there_is_none():
    with pytest.raises(CommandError, match="没有找到“没有这个地方”"):
        call_command("regions_find", "没有这个地方")


def test_regions_load_refuses_a_missing_file(tmp_path):
    with pytest.raises(CommandError, match="读不到文件"):
        call_command("regions_load", file=tmp_path / "none.parquet")
