"""Run as a program against a data folder: makes what the durability test writes on, and tells what is there afterwards.

python tests/proofs/installation.py prepare WRITERS    one lead office per writer; a session, a person and a project each
python tests/proofs/installation.py inspect            receipts, trail, sites and projects with their steps, as JSON
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import django

COUNTY = 500242000000
ROOT = Path(__file__).resolve().parents[2]


def prepare(writers: int) -> dict[str, Any]:
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import connection

    from weimin.accounts.keys import PERSON, POST, SEEN
    from weimin.accounts.models import Person, Post
    from weimin.actions.act import act
    from weimin.buildout.models import Project
    from weimin.jurisdictions.creation import create_jurisdiction
    from weimin.walls.actor import system_actor
    from weimin.walls.session import entered

    connection.set_tenant(create_jurisdiction(COUNTY))
    plan = (ROOT / "plans" / "youyang-rural-ecommerce.yaml").read_text(encoding="utf-8")
    act(system_actor(), "buildout.apply_plan", {"text": plan}, "prepare")
    found = []
    with entered(system_actor()):
        projects = list(Project.objects.order_by("pk").values_list("pk", flat=True)[:writers])
    for number, project in enumerate(projects):
        person = Person.objects.create(login=f"writer{number}", name=f"写手{number}")
        post = Post.objects.create(person=person, role="lead_office", region=COUNTY, starts_on=date(2020, 1, 1))
        session = SessionStore()
        session.update({PERSON: person.pk, POST: post.pk, SEEN: int(time.time())})
        session.save()
        found.append({"session": session.session_key, "person": person.pk, "project": project})
    return {"writers": found}


def inspect() -> dict[str, Any]:
    from django.db import connection

    from weimin.accounts.models import Person
    from weimin.actions.models import Receipt
    from weimin.buildout.models import Project
    from weimin.flows.models import Step
    from weimin.jurisdictions.models import Jurisdiction
    from weimin.sites.models import Site
    from weimin.trail.models import Entry
    from weimin.walls.actor import system_actor
    from weimin.walls.session import entered

    connection.set_tenant(Jurisdiction.objects.get(code=COUNTY))
    receipts: list[Any] = []
    for person in Person.objects.filter(login__startswith="writer").values_list("pk", flat=True):
        with entered(replace(system_actor(), person=person)):
            receipts += Receipt.objects.filter(person=person).values_list("key", "action", "subject_id", "person", "region")
    with entered(system_actor()):
        entries = Counter(Entry.objects.filter(person__isnull=False).values_list("action", "subject_id", "person"))
        steps: dict[int, list[str]] = {}
        for project, state in Step.objects.filter(subject_type="buildout.project", closed_at=None).values_list("subject_id", "state"):
            steps.setdefault(project, []).append(state)
        projects = {row.pk: [row.state, steps.get(row.pk, [])] for row in Project.objects.all()}
        sites = Counter(Site.objects.values_list("name", flat=True))
    told = Counter((action, subject, person) for _key, action, subject, person, _region in receipts)
    return {
        "keys": dict(Counter(key for key, *_rest in receipts)), "half_receipts": [key for key, *_rest, region in receipts if region is None],
        "without_trail": [str(one) for one in (told - entries)], "without_receipt": [str(one) for one in (entries - told)],
        "sites": dict(sites), "projects": projects,
    }  # fmt: skip


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    django.setup()
    sys.stdout.write("\n" + json.dumps(prepare(int(sys.argv[2])) if sys.argv[1] == "prepare" else inspect()) + "\n")
