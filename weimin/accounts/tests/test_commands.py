import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django_tenants.utils import schema_context

from weimin.accounts.models import Person, Post

pytestmark = pytest.mark.django_db
ASKED = {"name": "王五", "role": "administrator", "region": 500242000000}


def add(login="wangwu", **over):
    call_command("user_add", login, **(ASKED | over))


def test_a_person_is_added_to_the_jurisdiction_of_the_region(capsys, db):
    add(json=True)
    answer = json.loads(capsys.readouterr().out)
    with schema_context("j500242"):
        person = Person.objects.get(login="wangwu")
        assert person.must_change_password and person.check_password(answer["temporary_password"])
        assert Post.objects.get(person=person).region == 500242000000
    assert answer["jurisdiction"] == 500242000000


def test_a_person_of_a_province_is_added_above_the_jurisdictions(capsys, db):
    add(region=500000000000, role="lead_office")
    assert "省、市级" in capsys.readouterr().out
    assert connection.schema_name == "public" and Person.objects.filter(login="wangwu").exists()


def test_a_password_from_standard_input_is_not_printed(capsys, db, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("Shanghe-2026\n"))
    add(password_stdin=True)
    assert "Shanghe-2026" not in capsys.readouterr().out
    with schema_context("j500242"):
        person = Person.objects.get(login="wangwu")
        assert person.check_password("Shanghe-2026") and not person.must_change_password


def test_a_weak_password_is_refused_and_nobody_is_added(db, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("abc\n"))
    with pytest.raises(CommandError, match="至少 8 位"):
        add(password_stdin=True)
    with schema_context("j500242"):
        assert not Person.objects.filter(login="wangwu").exists()


@pytest.mark.parametrize("wrong", [{"login": "a b"}, {"region": 500242999000}, {"jurisdiction": 1}, {"jurisdiction": 341221203000}])
def test_what_does_not_fit_is_refused_with_a_sentence(db, wrong):
    with pytest.raises(CommandError):
        add(**wrong)


def test_a_login_is_given_once(db):
    add()
    with pytest.raises(CommandError, match="已经有人用了"):
        add()
