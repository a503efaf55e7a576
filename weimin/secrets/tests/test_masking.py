import pytest

from weimin.secrets.masking import KINDS, mask, mask_address, masked, table


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        ("id_number", "500242199001011234", "500242****1234"),
        ("phone", "13800001234", "138****1234"),
        ("bank_account", "6222021234567890123", "****0123"),
        ("name", "张小三", "张小三"),
        ("address", "酉阳县桃花源街道东流口村3组15号", "酉阳县桃花源街道东流口村3组***"),
        ("phone", "", ""),
        ("phone", "12345", "****5"),
    ],
)
@pytest.mark.req("X4")
def test_a_clerk_sees_the_ends_of_identifiers(kind, text, shown):
    assert mask(kind, text, "township") == shown


@pytest.mark.parametrize(("name", "shown"), [("张三", "张*"), ("张小三", "张*三"), ("欧阳小三", "欧**三"), ("张", "张*")])
def test_the_public_sees_a_name_with_stars(name, shown):
    assert mask("name", name, "public") == shown


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("administrator", "***"),
        ("operator", "***"),
        ("public", "***"),
        ("auditor", "500****34"),
        ("finance", "500242****1234"),
    ],
)
def test_the_id_number_is_shown_by_role(role, shown):
    assert mask("id_number", "500242199001011234", role) == shown


def test_an_address_without_a_village_shows_nothing():
    assert mask_address("某路 15 号") == "***"


@pytest.mark.parametrize("kind", KINDS)
def test_no_form_but_full_shows_the_whole(kind):
    text = "酉阳县东流口村15号" if kind == "address" else "12345678901234567"
    assert [form for form in ("partial", "hidden") if masked(kind, text, form) == text] == []


def test_every_row_of_the_table_has_every_kind():
    assert {frozenset(row) for row in table().values()} == {frozenset(KINDS)}
