import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import ECB, GCM
from hypothesis import given
from hypothesis import strategies as st

from weimin.secrets.cipher import SealBroken, hash_for, normal, seal, unseal
from weimin.secrets.keys import Keyring, keyring

NUMBER = "500242199001011234"


def test_sm4_is_that_of_the_standard():
    key = bytes.fromhex("0123456789abcdeffedcba9876543210")  # GB/T 32907-2016, appendix A.1
    encryptor = Cipher(SM4(key), ECB()).encryptor()
    assert encryptor.update(key).hex() == "681edf34d206965e86b3e94f536e4246"


def test_the_layout_is_version_nonce_tag_ciphertext():
    ring = Keyring(7, {7: b"k" * 16}, b"p" * 32)
    sealed = seal(NUMBER, "person.number", ring)
    decryptor = Cipher(SM4(b"k" * 16), GCM(sealed[1:13], sealed[13:29])).decryptor()
    decryptor.authenticate_additional_data(b"person.number")
    assert (sealed[0], decryptor.update(sealed[29:]) + decryptor.finalize()) == (7, NUMBER.encode())


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_was_sealed_opens_as_it_was(text):
    assert unseal(seal(text, "t.c"), "t.c") == text


def test_the_same_text_is_never_sealed_alike():
    assert len({seal(NUMBER, "t.c") for _ in range(100)}) == 100


def test_empty_text_is_empty_bytes():
    assert (seal("", "t.c"), unseal(b"", "t.c")) == (b"", "")


def test_a_value_moved_to_another_column_does_not_open():
    with pytest.raises(SealBroken, match="other.column"):
        unseal(seal(NUMBER, "t.c"), "other.column")


@given(st.integers(0, 46), st.integers(1, 255))
def test_any_changed_byte_is_noticed(position, change):
    sealed = bytearray(seal(NUMBER, "t.c"))
    sealed[position] ^= change
    with pytest.raises(SealBroken):
        unseal(bytes(sealed), "t.c")


@given(st.integers(1, 46))
def test_any_cut_is_noticed(length):
    with pytest.raises(SealBroken):
        unseal(seal(NUMBER, "t.c")[:length], "t.c")


def test_written_forms_of_one_number_have_one_hash():
    assert hash_for("id_number", " 50024219900101123x") == hash_for("id_number", "５００２４２-19900101-123Ｘ")
    assert (len(hash_for("phone", "13800001234")), normal("138 0000-1234")) == (32, "13800001234")


def test_equal_digits_of_two_kinds_and_two_numbers_have_different_hashes():
    assert (
        len(
            {
                hash_for("phone", "13800001234"),
                hash_for("bank_account", "13800001234"),
                hash_for("phone", "13800001235"),
            }
        )
        == 3
    )


def test_the_hash_depends_on_the_pepper(monkeypatch):
    before = hash_for("phone", "13800001234")
    monkeypatch.setattr("weimin.secrets.cipher.keyring", lambda: Keyring(1, keyring().keys, b"other pepper of 32 bytes length!"))
    assert hash_for("phone", "13800001234") != before
