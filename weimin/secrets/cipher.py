"""SM4-GCM for columns and HMAC-SM3 for looking them up (GB/T 32907, GB/T 32905; rule H-63).

A sealed value is: version (1 byte) · nonce (12) · tag (16) · ciphertext. The associated data is "table.column", so that a
value moved to another column does not open. Empty text is an empty value: that something is missing is no secret.
"""

from __future__ import annotations

import os
import unicodedata

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.hmac import HMAC

from weimin.secrets.keys import Keyring, keyring, look_again

NONCE_BYTES, TAG_BYTES = 12, 16
HEAD = 1 + NONCE_BYTES + TAG_BYTES


class SealBroken(RuntimeError):
    """A sealed value does not open: altered, moved from another column, or its key is gone."""


def seal(text: str, place: str, ring: Keyring | None = None) -> bytes:
    """The sealed value of a text for a place ("table.column")."""
    return seal_bytes(text.encode(), place, ring)


def seal_bytes(content: bytes, place: str, ring: Keyring | None = None) -> bytes:
    """The same for a whole file."""
    if not content:
        return b""
    held = ring or keyring()
    nonce = os.urandom(NONCE_BYTES)
    encryptor = Cipher(held.ciphers[held.current], GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(place.encode())
    sealed = encryptor.update(content) + encryptor.finalize()
    return b"".join((held.current.to_bytes(1, "big"), nonce, encryptor.tag, sealed))


def unseal(sealed: bytes, place: str) -> str:
    """The text of a sealed value. Raises SealBroken."""
    return unseal_bytes(sealed, place).decode()


def unseal_bytes(sealed: bytes, place: str) -> bytes:
    """The content of a sealed file. Raises SealBroken."""
    if not sealed:
        return b""
    held = keyring()
    if sealed[0] not in held.ciphers:
        held = look_again()  # another process may have added a version
    if sealed[0] not in held.ciphers or len(sealed) < HEAD:
        raise SealBroken(f"{place}: no key of version {sealed[0]}, or the value is cut short")
    nonce, tag = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES : HEAD]
    decryptor = Cipher(held.ciphers[sealed[0]], GCM(nonce, tag)).decryptor()
    decryptor.authenticate_additional_data(place.encode())
    try:
        return decryptor.update(sealed[HEAD:]) + decryptor.finalize()
    except InvalidTag as error:
        raise SealBroken(f"{place}: the sealed value was altered or moved") from error


def hash_for(kind: str, text: str) -> bytes:
    """The lookup value (32 bytes) of an identifier, equal in every jurisdiction; written forms that mean the same agree.

    `kind` separates ID numbers, phones and accounts, so that equal digits of two kinds do not meet.
    """
    keyed = HMAC(keyring().lookup, SM3())
    keyed.update(kind.encode() + b"\0" + normal(text).encode())
    return keyed.finalize()


def normal(text: str) -> str:
    """Full-width to half-width, no spaces or dashes, upper case (the X of an ID number)."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(mark for mark in plain if not mark.isspace() and mark not in "-‐–—").upper()
