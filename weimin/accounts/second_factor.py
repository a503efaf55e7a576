"""One-time codes: RFC 6238, HMAC-SHA1, six digits, 30 seconds, one step of tolerance; recovery codes. No database here."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import secrets
from datetime import datetime

import segno
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.utils.translation import gettext_lazy as _

STEP, DIGITS, TOLERANCE = 30, 6, 1
RECOVERY_CODES = 10
ISSUER = _("为民")


def new_secret() -> str:
    """160 random bits in base32, as authenticators take them."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def matching_counter(secret: str, code: str, now: datetime, last: int) -> int | None:
    """The counter (seconds / 30) that `code` belongs to, within one step and later than `last`; None when there is none."""
    digits = "".join(code.split())
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        return None
    generator = HOTP(base64.b32decode(secret), DIGITS, SHA1())
    present = int(now.timestamp()) // STEP
    found = [counter for counter in range(present - TOLERANCE, present + TOLERANCE + 1) if hmac.compare_digest(generator.generate(counter), digits.encode())]
    return next((counter for counter in found if counter > last), None)


def code_at(secret: str, now: datetime) -> str:
    """The code an authenticator shows at a time."""
    return TOTP(base64.b32decode(secret), DIGITS, SHA1(), STEP).generate(int(now.timestamp())).decode()


def address(secret: str, login: str) -> str:
    """The otpauth:// address that the picture holds."""
    return TOTP(base64.b32decode(secret), DIGITS, SHA1(), STEP).get_provisioning_uri(login, str(ISSUER))


def picture(text: str) -> str:
    """A QR code as a data address of an SVG, for <img src>."""
    drawn = io.BytesIO()
    segno.make(text, error="m").save(drawn, kind="svg", scale=5, border=2)
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.getvalue()).decode()


def recovery_codes() -> list[str]:
    """Ten codes of 50 random bits, like k3f7q-x2m9p."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    plain = ["".join(secrets.choice(letters) for _sign in range(10)) for _code in range(RECOVERY_CODES)]
    return [f"{code[:5]}-{code[5:]}" for code in plain]


def recovery_hash(code: str) -> str:
    """SHA-256 of a recovery code: 49 random bits each and a lock after five tries need no slow hash."""
    return hashlib.sha256("".join(code.lower().replace("-", "").split()).encode()).hexdigest()
