"""The country, one jurisdiction with plan 1, and people to act and to look: shared by the measures."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.utils import timezone
from django_tenants.utils import tenant_context

from bench.installation import PEER
from bench.sizes import Sizes
from weimin.accounts.models import Person, Post
from weimin.accounts.queries import actor_in, seats_of
from weimin.actions.act import act
from weimin.buildout.models import Plan
from weimin.config.bootstrap import collect_static, compile_catalogues
from weimin.jurisdictions.creation import create_jurisdiction, prepare_public
from weimin.jurisdictions.models import Jurisdiction
from weimin.regions.loading import load_regions
from weimin.secrets.keys import prepare_keys
from weimin.walls.actor import Actor
from weimin.walls.session import entered

COUNTY, TOWNSHIP, VILLAGE = 500242000000, 500242101000, 500242101200
PLAN = Path(settings.BASE_DIR) / "plans" / "youyang-rural-ecommerce.yaml"
_numbers = itertools.count(1)


def prepare(sizes: Sizes) -> None:
    """Tables, regions, keys and static files, as on a first start."""
    prepare_public()
    call_command("migrate_schemas", shared=True, interactive=False, verbosity=0)
    load_regions(low=sizes.regions[0], high=sizes.regions[1])
    prepare_keys(fresh=True)
    compile_catalogues()
    collect_static()


def jurisdiction(code: int = COUNTY) -> Jurisdiction:
    connection.set_schema_to_public()  # type: ignore[attr-defined]
    return Jurisdiction.objects.filter(code=code).first() or create_jurisdiction(code)


@contextmanager
def inside(code: int = COUNTY) -> Iterator[Jurisdiction]:
    """The county (or another place) as a jurisdiction; made when it is not there yet."""
    found = jurisdiction(code)
    with tenant_context(found):
        yield found


def peer() -> Any:
    """The superuser's connection, in the schema of the current jurisdiction: no wall stands before COPY."""
    found: Any = connections[PEER]
    found.set_tenant(connection.tenant)  # type: ignore[attr-defined]
    return found


def seated(role: str, region: int) -> tuple[Post, Actor]:
    """A fresh person in a post of the current jurisdiction."""
    person = Person.objects.create(login=f"bench-{next(_numbers)}", name="张三")
    post = Post.objects.create(person=person, role=role, region=region, starts_on=date(2020, 1, 1))
    return post, actor_in(person, seats_of(person, timezone.localdate())[0])


def signed_in(post: Post) -> Client:
    """A client of the test kind, in this process, through every middleware."""
    client = Client()
    tenant: Any = connection.tenant  # type: ignore[attr-defined]
    client.cookies["weimin_jurisdiction"] = str(tenant.code)
    session = client.session
    session.update({"person": post.person_id, "post": post.pk, "seen": int(time.time())})
    session.save()
    client.cookies["weimin_session"] = str(session.session_key)
    return client


def plan_in_force(now: datetime) -> Plan:
    """Plan 1 in the current jurisdiction; applied when it is not yet."""
    _post, office = seated("lead_office", COUNTY)
    act(office, "buildout.apply_plan", {"text": PLAN.read_text(encoding="utf-8")}, f"plan-{next(_numbers)}", now=now)
    with entered(office):
        return Plan.objects.get(code="youyang-rural-ecommerce")
