"""What is spoken when somebody is called, and how it leaves the house.

A hall's own loudspeaker is reached by a back end named in WEIMIN_VOICE_BACKEND; for development a file is written. The calling
screen shows the same sentence in a live region, so that the browser or a screen reader can speak it.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from weimin.reception.models import Ticket, Window
from weimin.walls.tenancy import tenancy

DEFAULT = "weimin.reception.speaking.VoiceFile"
DIGITS = {"0": "零", "1": "一", "2": "二", "3": "三", "4": "四", "5": "五", "6": "六", "7": "七", "8": "八", "9": "九"}  # text: data


class Voice(Protocol):
    """A loudspeaker. It must not wait: the window's answer waits for it."""

    def speak(self, site: int, sentence: str, now: datetime) -> None:
        """Speaks at a site, or hands the sentence on."""


class VoiceFile:
    """Each sentence becomes a line of voice.jsonl in the data folder, one folder a jurisdiction."""

    def speak(self, site: int, sentence: str, now: datetime) -> None:
        folder = Path(settings.DATA_DIR) / "voice" / tenancy.schema_name
        folder.mkdir(parents=True, exist_ok=True)
        with open(folder / "voice.jsonl", "a", encoding="utf-8") as file:
            file.write(json.dumps({"site": site, "sentence": sentence, "at": now.isoformat()}, ensure_ascii=False) + "\n")


def voice() -> Voice:
    return import_string(settings.VOICE_BACKEND or DEFAULT)()


def sentence_for(ticket: Ticket, window: Window) -> str:
    """“请 B零一二 号到 3 号窗口办理。”: digits one by one, so that no machine reads 012 as twelve."""
    spelled = "".join(DIGITS.get(sign, sign) for sign in ticket.code)
    return _("请 %(code)s 号到 %(number)d 号窗口办理。") % {"code": spelled, "number": window.number}


def announce(ticket: Ticket, window: Window, now: datetime) -> str:
    """The sentence; it is spoken when the call has been committed."""
    said, site = sentence_for(ticket, window), ticket.site_id
    transaction.on_commit(lambda: voice().speak(site, said, now))
    return said
