"""Pairings take the signed agreement."""

from __future__ import annotations

from weimin.attachments.subjects import register_subject
from weimin.referrals.queries.pairings import get_pairing

register_subject("referrals.pairing", find=get_pairing, kinds=("document", "scan"))
