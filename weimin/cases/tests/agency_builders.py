"""Mandates with what an agent does under them, as the actions would have left them."""

from __future__ import annotations

import base64
import io
from datetime import date, timedelta
from itertools import count
from typing import Any

from PIL import Image, ImageDraw

from weimin.accounts.models import Person, Post
from weimin.cases.models import Case, Errand, HandOver, HeldPaper, Mandate, MandateCase
from weimin.cases.tests.builders import ID_NUMBER, PHONE, make_case
from weimin.catalogue.tests.builders import NOW

NUMBERS = count(1)
OTHER_ID = "110105194912310038"


def drawn() -> str:
    """A signature as the page's script sends it."""
    buffer, paper = io.BytesIO(), Image.new("RGB", (40, 20), "white")
    ImageDraw.Draw(paper).line((5, 5, 35, 15), "black", 2)
    paper.save(buffer, "PNG")
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()


def make_agent(region: int, role: str = "village", name: str = "田小红") -> Person:
    person = Person.objects.create(login=f"agent-{next(NUMBERS)}", name=name)
    Post.objects.create(person=person, role=role, region=region, starts_on=date(2020, 1, 1))
    return person


def make_mandate(region: int, agent: Person | None = None, **over: Any) -> Mandate:
    """A mandate of 冉桂兰 to a clerk, in force, over the item of `make_case`."""
    agent = agent or make_agent(region)
    facts: dict[str, Any] = {
        "number": f"WT500242202611{next(NUMBERS):08d}", "principal_name": "冉桂兰", "principal_id_number": ID_NUMBER, "principal_phone": PHONE,
        "agent_kind": "clerk", "agent": agent, "agent_name": agent.name, "items": {"CV0001": "高龄津贴申领"}, "powers": ["receive_notice", "submit"],
        "evidence": ["photo"], "starts_on": NOW.date() - timedelta(days=10), "until_on": NOW.date() + timedelta(days=150), "written_by": "张三",
        "written_at": NOW,
    }  # fmt: skip
    return Mandate.objects.create(region=region, **{**facts, **over})


def put_case_under(mandate: Mandate, state: str = "decide", **over: Any) -> Case:
    case = make_case(mandate.region, state, **over)
    MandateCase.objects.create(mandate=mandate, case=case, region=case.region, attached_by="张三", attached_at=NOW)
    return case


def make_errand(mandate: Mandate, **over: Any) -> Errand:
    facts: dict[str, Any] = {
        "what": "到社保所取证",
        "place": "县社保所",
        "planned_on": NOW.date(),
        "added_by": "张三",
        "added_at": NOW,
        "agent": mandate.agent_id,
    }
    return Errand.objects.create(mandate=mandate, region=mandate.region, **{**facts, **over})


def make_held(mandate: Mandate, name: str = "户口簿", copies: int = 1, original: bool = True, **over: Any) -> HeldPaper:
    """Papers in the agent's hands, with the list on which they were taken."""
    lines = [{"name": name, "count": copies, "original": original}]
    row = HandOver.objects.create(
        mandate=mandate, region=mandate.region, kind="collect", number=f"{mandate.number}-{next(NUMBERS)}", lines=lines, signed_by="田小红", by="田小红", at=NOW
    )
    return HeldPaper.objects.create(mandate=mandate, region=mandate.region, collected=row, name=name, original=original, count=copies, place="田小红", **over)


def mandate_data(agent: Person, region: int, **over: Any) -> dict[str, Any]:
    """What the form of a mandate takes for somebody who is typed in."""
    facts = {
        "name": "冉桂兰", "id_number": ID_NUMBER, "phone": PHONE, "region": str(region), "agent_kind": "clerk", "agent": str(agent.pk), "items": ["CV0001"],
        "powers": ["submit"], "starts_on": "2026-11-23", "until_on": "2027-05-23", "family": "on",
    }  # fmt: skip
    return {**facts, **over}
