import json
from io import StringIO

import pytest
from django.apps.registry import Apps
from django.core.exceptions import FieldError
from django.core.management import CommandError, call_command
from django.db import connection, models
from django_tenants.utils import schema_context

from weimin.config.management.commands.secrets_rotate import opened
from weimin.secrets import rotation
from weimin.secrets.cipher import SealBroken, hash_for
from weimin.secrets.fields import LookupField, SealedField
from weimin.secrets.keys import add_version, keyring, look_again, prepare_keys

NUMBER = "50024219900101123X"


class Card(models.Model):
    """A table of the tests' own, in a registry of its own."""

    number = SealedField(blank=True, default="")
    lookup = LookupField(kind="id_number", of="number")

    class Meta:
        app_label, apps, db_table = "secrets", Apps(), "card"


@pytest.fixture
def cards(jurisdiction, settings, tmp_path, monkeypatch):
    """The table in two jurisdictions, and keys of this test's own."""
    run_file = settings.KEY_FILE
    settings.KEY_FILE = tmp_path / "keys.json"
    prepare_keys(fresh=True)
    for schema in ("j500242", "j341221203"):
        with schema_context(schema), connection.schema_editor() as editor:
            editor.create_model(Card)
    monkeypatch.setattr(rotation, "sealed_columns", lambda: [Card._meta.get_field("number")])
    yield
    settings.KEY_FILE = run_file
    look_again()


def make_cards(count, schema="j500242"):
    with schema_context(schema):
        Card.objects.bulk_create(Card(number=f"5002421990010112{n:02}") for n in range(count))


def stored(schema="j500242"):
    with schema_context(schema), connection.cursor() as cursor:
        cursor.execute("SELECT number FROM card ORDER BY id")
        return [bytes(value) for (value,) in cursor.fetchall()]


def numbers(schema="j500242"):
    with schema_context(schema):
        return list(Card.objects.order_by("id").values_list("number", flat=True))


@pytest.mark.req("X4")
def test_the_column_holds_no_plain_text_and_python_sees_only_plain_text(cards):
    make_cards(1)
    assert (b"5002421990" in stored()[0], numbers()) == (False, ["500242199001011200"])


def test_a_number_is_found_by_its_hash_in_any_written_form(cards):
    made = Card.objects.create(number=NUMBER)
    assert Card.objects.get(lookup=hash_for("id_number", "500242 19900101 123x")) == made


def test_an_altered_value_is_noticed_when_it_is_read(cards):
    Card.objects.create(number=NUMBER)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE card SET number = overlay(number placing 'zz'::bytea from 30)")
    with pytest.raises(SealBroken, match="card.number"):
        Card.objects.get()


@pytest.mark.parametrize("query", [{"number": NUMBER}, {"number__contains": "138"}, {"number__in": [NUMBER]}])
def test_a_sealed_column_refuses_to_be_searched(query):
    with pytest.raises(FieldError):
        Card.objects.filter(**query)


def test_the_lookup_follows_its_field_when_saving(cards):
    card = Card.objects.create(number=NUMBER)
    card.number = ""
    card.save()
    card.refresh_from_db()
    assert (card.number, card.lookup) == ("", None)


def test_the_fields_survive_a_migration():
    _, path, args, kwargs = Card._meta.get_field("lookup").deconstruct()
    assert (path, args, kwargs) == ("weimin.secrets.fields.LookupField", [], {"kind": "id_number", "of": "number"})
    assert LookupField(**kwargs).db_index is True


@pytest.mark.req("X4")
def test_rotation_seals_every_jurisdiction_anew(cards):
    make_cards(7)
    make_cards(3, "j341221203")
    out = StringIO()
    call_command("secrets_rotate", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"version": 2, "sealed": 10, "resumed": 0}
    assert {value[0] for value in stored() + stored("j341221203")} == {2}
    assert (numbers()[6], len(numbers("j341221203"))) == ("500242199001011206", 3)


def test_a_rotation_that_stopped_goes_on_without_another_key(cards):
    make_cards(7)
    add_version()
    assert rotation.rotate_batch(Card._meta.get_field("number"), opened, 4) == 4
    assert sorted(value[0] for value in stored()) == [1, 1, 1, 2, 2, 2, 2]
    out = StringIO()
    call_command("secrets_rotate", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"version": 2, "sealed": 3, "resumed": 3}


def test_old_keys_go_only_when_nothing_needs_them(cards):
    make_cards(1)
    add_version()
    with pytest.raises(CommandError, match="还有 1 项使用旧密钥"):
        call_command("secrets_rotate", "--drop-old")
    assert sorted(keyring().keys) == [1, 2]
    call_command("secrets_rotate", stdout=StringIO())
    call_command("secrets_rotate", "--drop-old", stdout=StringIO())
    assert (sorted(keyring().keys), numbers()) == ([2], ["500242199001011200"])
