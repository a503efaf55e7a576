import json
from io import StringIO

import pytest
from django.apps import apps
from django.core.exceptions import FieldError
from django.core.management import CommandError, call_command
from django.db import connection, models
from django_tenants.utils import schema_context

from weimin.config.management.commands.secrets_rotate import opened
from weimin.secrets.cipher import hash_for
from weimin.secrets.fields import LookupField, SealedField
from weimin.secrets.keys import add_version, keyring, look_again, prepare_keys
from weimin.secrets.rotation import present_columns, rotate, rotate_batch

PHONE = "13800001234"


class Card(models.Model):
    """A holder of both fields, without a table."""

    number = SealedField(blank=True, default="")
    lookup = LookupField(kind="id_number", of="number")

    class Meta:
        app_label, managed = "secrets", False


@pytest.fixture
def own_keys(settings, tmp_path):
    run_file = settings.KEY_FILE
    settings.KEY_FILE = tmp_path / "keys.json"
    prepare_keys(fresh=True)
    yield
    settings.KEY_FILE = run_file
    look_again()


def make_people(count, schema):
    with schema_context(schema):
        person = apps.get_model("accounts", "Person")
        person.objects.bulk_create(person(login=f"p{n}", name="张三", phone=f"1380000{n:04}") for n in range(count))


def stored(schema):
    with schema_context(schema), connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM accounts_person WHERE login ~ '^p[0-9]+$' ORDER BY login")
        return [bytes(value) for (value,) in cursor.fetchall()]


def phones(schema):
    with schema_context(schema):
        return list(apps.get_model("accounts", "Person").objects.filter(login__regex="^p[0-9]+$").order_by("login").values_list("phone", flat=True))


def test_the_column_holds_no_plain_text_and_python_sees_only_plain_text(jurisdiction, own_keys):
    make_people(1, jurisdiction.schema_name)
    assert PHONE[:7].encode() not in stored(jurisdiction.schema_name)[0]
    assert phones(jurisdiction.schema_name) == ["13800000000"]


@pytest.mark.parametrize("query", [{"phone": PHONE}, {"phone__contains": "138"}, {"phone__in": [PHONE]}])
def test_a_sealed_column_refuses_to_be_searched(query):
    with pytest.raises(FieldError):
        apps.get_model("accounts", "Person").objects.filter(**query)


def test_the_lookup_follows_its_field_when_saving():
    card = Card(number="50024219900101123x")
    field = Card._meta.get_field("lookup")
    assert (field.pre_save(card, True), card.lookup) == (hash_for("id_number", "50024219900101123X"),) * 2
    card.number = ""
    assert field.pre_save(card, False) is None


def test_the_fields_survive_a_migration():
    name, path, args, kwargs = Card._meta.get_field("lookup").deconstruct()
    assert (name, path, args, kwargs) == ("lookup", "weimin.secrets.fields.LookupField", [], {"kind": "id_number", "of": "number"})
    assert LookupField(**kwargs).db_index is True


@pytest.mark.req("X4")
def test_rotation_seals_every_jurisdiction_anew(jurisdiction, own_keys):
    make_people(7, "j500242")
    make_people(3, "j341221203")
    out = StringIO()
    call_command("secrets_rotate", "--json", stdout=out)
    assert json.loads(out.getvalue())["version"] == 2
    assert {value[0] for value in stored("j500242") + stored("j341221203")} == {2}
    assert (phones("j500242")[6], len(phones("j341221203"))) == ("13800000006", 3)


def test_a_rotation_that_stopped_goes_on_without_another_key(jurisdiction, own_keys):
    make_people(7, "j500242")
    add_version()
    with schema_context("j500242"):
        phone = next(field for field in present_columns() if field.place == "accounts_person.phone")
        done = rotate_batch(phone, opened, 4)
    assert (done, sorted(value[0] for value in stored("j500242"))) == (4, [1, 1, 1, 2, 2, 2, 2])
    out = StringIO()
    call_command("secrets_rotate", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"version": 2, "sealed": 3, "resumed": 3}
    assert list(rotate(opened)) == []


def test_old_keys_go_only_when_nothing_needs_them(jurisdiction, own_keys):
    make_people(1, "j500242")
    add_version()
    with pytest.raises(CommandError, match="还有 1 项使用旧密钥"):
        call_command("secrets_rotate", "--drop-old")
    assert sorted(keyring().keys) == [1, 2]
    call_command("secrets_rotate", stdout=StringIO())
    call_command("secrets_rotate", "--drop-old", stdout=StringIO())
    assert (sorted(keyring().keys), phones("j500242")) == ([2], ["13800000000"])
