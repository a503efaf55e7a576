"""Run as a program against a database of its own: an import that stops in the middle, for somebody to kill, and what becomes of it.

python tests/proofs/killed_import.py begin MODE      a set is brought in and checked; two parts are written, at the third it says "half" and stands still
python tests/proofs/killed_import.py go_on           what stands in the register now and after the worker went on, as JSON
"""

from __future__ import annotations

import itertools
import json
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).resolve().parents[2]
TOWNSHIP, PEOPLE, A_PART = 500242101000, 60, 10


def begin(mode: str) -> None:
    from weimin.accounts.models import Person, Post
    from weimin.accounts.queries import actor_in, seats_of
    from weimin.residents.importing import checking, writing
    from weimin.residents.tests.import_builders import bring, choose, people, sheet

    person = Person.objects.create(login="clerk", name="张三")
    Post.objects.create(person=person, role="township", region=TOWNSHIP, starts_on=date(2020, 1, 1))
    clerk = actor_in(person, seats_of(person, date.today())[0])
    checking.PART = A_PART
    row = bring(clerk, sheet(people(PEOPLE)))
    whole, calls = writing.write, itertools.count()

    def standing_still(*given: Any, **how: Any) -> Any:
        if next(calls) >= 2:
            sys.stdout.write("half\n")
            sys.stdout.flush()
            time.sleep(600)
        return whole(*given, **how)

    writing.write = standing_still
    choose(row, clerk, mode)


def go_on() -> dict[str, Any]:
    from django.utils import timezone

    from weimin.jurisdictions.models import Jurisdiction
    from weimin.residents.importing.duties import work_imports

    before = found()
    work_imports(Jurisdiction.objects.first(), timezone.now())
    return {"before": before, "after": found()}


def found() -> dict[str, Any]:
    from weimin.residents.models import Household, Import, ImportPart, Resident
    from weimin.trail.models import Entry
    from weimin.walls.actor import system_actor
    from weimin.walls.session import entered

    with entered(system_actor()):
        parts = ImportPart.objects.all()
        told = Entry.objects.filter(action="residents.write_import").values_list("after", flat=True)
        row = Import.objects.get()
        return {
            "state": row.state, "said": row.written, "residents": Resident.objects.count(), "numbers": Resident.objects.values("id_lookup").distinct().count(),
            "households": Household.objects.count(), "parts": parts.count(), "of_parts": sum(part.rows for part in parts if part.written_at),
            "open": parts.filter(written_at__isnull=True, content__isnull=False).count(), "of_trail": sum(after["residents"] for after in told),
        }  # fmt: skip


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    django.setup()
    from django.db import connection

    from weimin.jurisdictions.models import Jurisdiction

    connection.set_tenant(Jurisdiction.objects.get(code=500242000000))
    if sys.argv[1] == "begin":
        begin(sys.argv[2])
    else:
        sys.stdout.write("\n" + json.dumps(go_on()) + "\n")
