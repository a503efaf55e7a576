"""What stands in the QR code of a receipt: which case it is, signed, and nothing of the person.

A token is as good as the paper that carries it: it opens the progress of one case of one jurisdiction and cannot be guessed
(96 bits of a keyed hash). It does not run out, since a paper is kept in a drawer; a new secret of the installation ends all of them.
"""

from __future__ import annotations

import base64
import re

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import base36_to_int, int_to_base36

from weimin.cases.models import Case, Mandate
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible
from weimin.walls.tenancy import here

FORM = re.compile(r"([0-9a-z]{1,12})-([0-9A-Za-z_-]{16})")
MAC_BYTES = 12
PUBLIC_PROGRESS = "/public/%d/progress/"  # printed on paper for years: the portal answers it and never moves it


def progress_token(case: Case) -> str:
    """Opens the progress of a case to whoever holds its receipt."""
    return token_of("case", case.pk)


def mandate_token(mandate: Mandate) -> str:
    """Opens what is done under a mandate to whoever holds its slip."""
    return token_of("mandate", mandate.pk)


def case_of_token(actor: Actor, token: str) -> Case:
    """The case of a receipt. NotVisible for whatever was not signed here: wrong, cut short, of another jurisdiction."""
    number = number_in("case", token)
    found = Case.objects.visible_to(actor).select_related("item_version").filter(pk=number).first()
    if found is None:
        raise NotVisible()
    return found


def mandate_of_token(actor: Actor, token: str) -> Mandate:
    """The mandate of a slip; NotVisible like `case_of_token`."""
    number = number_in("mandate", token)
    found = Mandate.objects.visible_to(actor).filter(pk=number).first()
    if found is None:
        raise NotVisible()
    return found


def token_of(kind: str, number: int) -> str:
    return f"{int_to_base36(number)}-{mac(kind, number)}"


def number_in(kind: str, token: str) -> int:
    found = FORM.fullmatch(token)
    number = base36_to_int(found.group(1)) if found else 0
    if found is None or number >= 2**63 or not constant_time_compare(found.group(2), mac(kind, number)):
        raise NotVisible()
    return number


def mac(kind: str, number: int) -> str:
    signed = salted_hmac(f"weimin.cases.{kind}", f"{here().code}:{number}", algorithm="sha256").digest()[:MAC_BYTES]
    return base64.urlsafe_b64encode(signed).decode()


def progress_path(case: Case) -> str:
    """The public address behind the QR code of a case's papers, without the host."""
    return f"{PUBLIC_PROGRESS % here().code}?receipt={progress_token(case)}"


def slip_path(mandate: Mandate) -> str:
    """The public address behind the QR code of a mandate's slip, without the host."""
    return f"{PUBLIC_PROGRESS % here().code}?slip={mandate_token(mandate)}"
