"""Sealing and hashing by the hundred thousand: the same values as `seal` and `hash_for` make, computed for a whole column at once.

A county's register is a million people with three identifiers each. One by one that costs ten minutes of a core; here the counter blocks of
a column are enciphered by the library in one call, and what is left of GCM (GB/T 36624 8.6: XOR and a multiplication in GF(2^128) by a fixed key) is
done on arrays. Nothing is sealed that `unseal` of the ordinary path does not open: a property test holds the two together.
Imported only by what works in bulk, since numpy costs a start.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import ECB
from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.hmac import HMAC

from weimin.secrets.cipher import HEAD, NONCE_BYTES, SealBroken, normal, unseal
from weimin.secrets.keys import Keyring, keyring

BLOCK = 16
AT_ONCE = 20_000  # values whose arrays stay in the cache of a core
REDUCTION = 0xE1 << 120  # x^128 + x^7 + x^2 + x + 1, bits reflected as GCM writes them
Words = Any  # array (n, 2) of big-endian halves of a block as native 64-bit numbers


def hash_many(kind: str, texts: Sequence[str]) -> list[bytes | None]:
    """`hash_for(kind, text)` of every text in order; None for an empty one."""
    begun = HMAC(keyring().lookup, SM3())
    begun.update(kind.encode() + b"\0")
    return [_hash(begun, text) if text else None for text in texts]


def _hash(begun: HMAC, text: str) -> bytes:
    """Goes on from a copy: the schedule of the key is computed once for a column."""
    keyed = begun.copy()
    keyed.update((text if text.isalnum() and text.isascii() and text == text.upper() else normal(text)).encode())
    return keyed.finalize()


def seal_many(texts: Sequence[str], place: str) -> list[bytes]:
    """`seal(text, place)` of every text in order, each with its own random nonce."""
    ring = keyring()
    plain = [text.encode() for text in texts]
    sealed = [b""] * len(plain)
    by_length: dict[int, list[int]] = {}
    for position, value in enumerate(plain):
        by_length.setdefault(len(value), []).append(position)
    for length, positions in by_length.items():
        for some in _pieces(positions) if length else ():
            for position, value in zip(some, _seal_alike([plain[position] for position in some], place.encode(), ring), strict=True):
                sealed[position] = value
    return sealed


def unseal_many(sealed: Sequence[bytes], place: str) -> list[str]:
    """`unseal(value, place)` of every value in order. Raises SealBroken when one of them does not open."""
    ring = keyring()
    texts = [""] * len(sealed)
    alike: dict[tuple[int, int], list[int]] = {}
    for position, value in enumerate(sealed):
        if len(value) > HEAD and value[0] in ring.ciphers:
            alike.setdefault((value[0], len(value)), []).append(position)
        elif value:
            texts[position] = unseal(value, place)  # a key that another process has added, or no value at all
    for (version, _size), positions in alike.items():
        for some in _pieces(positions):
            for position, text in zip(some, _unseal_alike([sealed[position] for position in some], place, ring, version), strict=True):
                texts[position] = text
    return texts


def _unseal_alike(values: list[bytes], place: str, ring: Keyring, version: int) -> list[str]:
    """Values of one length under one key, in one go."""
    count, length = len(values), len(values[0]) - HEAD
    whole = np.frombuffer(b"".join(values), np.uint8).reshape(count, HEAD + length)
    blocks = -(-length // BLOCK)
    stream = _key_stream(whole[:, 1 : 1 + NONCE_BYTES], blocks + 1, ring, version)
    padded = np.zeros((count, blocks * BLOCK), np.uint8)
    padded[:, :length] = whole[:, HEAD:]
    if not np.array_equal(_tags(padded, length, place.encode(), ring.keys[version]) ^ stream[:, :BLOCK], whole[:, 1 + NONCE_BYTES : HEAD]):
        raise SealBroken(f"{place}: a sealed value was altered or moved")
    plain = (padded[:, :length] ^ stream[:, BLOCK : BLOCK + length]).tobytes()
    return [plain[start : start + length].decode() for start in range(0, count * length, length)]


def _pieces(positions: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(positions), AT_ONCE):
        yield positions[start : start + AT_ONCE]


def _seal_alike(values: list[bytes], place: bytes, ring: Keyring) -> list[bytes]:
    """Texts of one length, in one go."""
    count, length = len(values), len(values[0])
    blocks = -(-length // BLOCK)
    nonces = np.frombuffer(os.urandom(NONCE_BYTES * count), np.uint8).reshape(count, NONCE_BYTES)
    stream = _key_stream(nonces, blocks + 1, ring, ring.current)
    padded = np.zeros((count, blocks * BLOCK), np.uint8)
    padded[:, :length] = np.frombuffer(b"".join(values), np.uint8).reshape(count, length) ^ stream[:, BLOCK : BLOCK + length]
    tags = _tags(padded, length, place, ring.keys[ring.current]) ^ stream[:, :BLOCK]
    version = np.full((count, 1), ring.current, np.uint8)
    whole = np.concatenate((version, nonces, tags, padded[:, :length]), axis=1)
    size, everything = whole.shape[1], whole.tobytes()
    return [everything[start : start + size] for start in range(0, count * size, size)]


def _key_stream(nonces: Any, blocks: int, ring: Keyring, version: int) -> Any:
    """Block 1 of every nonce hides the tag, the following ones the text."""
    counters = np.zeros((len(nonces), blocks, BLOCK), np.uint8)
    counters[:, :, :NONCE_BYTES] = nonces[:, None, :]
    counters[:, :, NONCE_BYTES:] = np.arange(1, blocks + 1, dtype=">u4").view(np.uint8).reshape(1, blocks, 4)
    enciphered = Cipher(ring.ciphers[version], ECB()).encryptor().update(counters.tobytes())
    return np.frombuffer(enciphered, np.uint8).reshape(len(nonces), blocks * BLOCK)


def _tags(padded: Any, length: int, place: bytes, key: bytes) -> Any:
    """GHASH over the place, the ciphertext and both lengths."""
    tables = _tables(key)
    state = np.zeros((1, 2), np.uint64)
    for block in _words(np.frombuffer(place + bytes(-len(place) % BLOCK), np.uint8).reshape(1, -1)):
        state = _times(state ^ block, tables)
    for block in _words(padded):
        state = _times(state ^ block, tables)
    lengths = np.array([[len(place) * 8, length * 8]], np.uint64)
    return _times(state ^ lengths, tables).astype(">u8").view(np.uint8).reshape(-1, BLOCK)


def _words(padded: Any) -> list[Words]:
    """The blocks of every row: first blocks, second blocks, …"""
    return [np.ascontiguousarray(padded[:, start : start + BLOCK]).view(">u8").astype(np.uint64) for start in range(0, padded.shape[1], BLOCK)]


def _times(state: Words, tables: Any) -> Words:
    """Every block times the hash key: one look into a table for each of its bytes."""
    octets = state.astype(">u8").view(np.uint8).reshape(-1, BLOCK)
    product = tables[0][octets[:, 0]]
    for place in range(1, BLOCK):
        product ^= tables[place][octets[:, place]]
    return product


@lru_cache(maxsize=4)
def _tables(key: bytes) -> Any:
    """(16, 256, 2): the product of the hash key with every byte at every place of a block."""
    hash_key = int.from_bytes(Cipher(SM4(key), ECB()).encryptor().update(bytes(BLOCK)), "big")
    powers = []  # bit 0 of a block, its most significant one, is x^0
    for _bit in range(BLOCK * 8):
        powers.append((hash_key >> 64, hash_key & 0xFFFFFFFFFFFFFFFF))
        hash_key = hash_key >> 1 ^ (REDUCTION if hash_key & 1 else 0)
    tables = np.zeros((BLOCK, 256, 2), np.uint64)
    octets = np.arange(256)
    for place in range(BLOCK):
        for bit in range(8):
            tables[place][octets >> (7 - bit) & 1 == 1] ^= np.array(powers[place * 8 + bit], np.uint64)
    return tables
