"""Cases over HTTP: taking in, whole lives, and what the pages cost the server in a county of a million residents and cases.

The server is granian with two workers; eight clients with a session each press from one process. The peer beside a create is a
bare Django view that writes the same rows (bench/bare_view.py), pressed in turn with it. Pages are timed in this process through
every middleware, a small county and the large one in turn: what disturbs the machine disturbs both.
"""

from __future__ import annotations

import base64
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from PIL import Image, ImageDraw

from bench import fill_cases, ground
from bench.country import COUNTY, inside, peer, seated, signed_in
from bench.serving import served
from bench.sizes import Sizes
from bench.table import Line
from bench.timing import seconds
from weimin.cases.models import Case
from weimin.regions.models import Region
from weimin.residents.models import Resident
from weimin.residents.rules import check_digit
from weimin.walls.session import entered

SMALL_COUNTY = 500241000000
ITEM = "CV0006"  # 临时救助（急难型）: the township decides and the window hands over, no stage between
PAPERS = {"m_id_card": "received", "m_event_proof": "received"}
CLIENTS, TURNS = 8, 3
LIVES, CREATES, P95 = 30, 150, 80
PAGE_MOST, GROWTH = 60, 1.5


@dataclass(frozen=True)
class Place:
    """One county as the measure sees it: a township with its fullest village, a case and a resident there, and clients by post."""

    schema: str
    code: int
    village: int
    case: Case
    resident: Resident
    people: list[dict[str, str]]
    clients: dict[str, Client]
    sessions: list[dict[str, str]]


def measure(sizes: Sizes) -> Iterator[Line]:
    few, many = (prepared(code, total) for code, total in zip((SMALL_COUNTY, COUNTY), sizes.crowd, strict=True))
    yield from writing(few, sizes, sizes.crowd[0])
    yield from writing(many, sizes, sizes.crowd[1])
    yield from reading(few, many, sizes)
    yield Line("cases", "load of the machine meanwhile (others at work when far above 3)", os.getloadavg()[0], "")


def standing() -> bool:
    """Whether there are cases; asked past the wall, behind which nobody sees any before a post is entered."""
    with peer().cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM cases_case)")
        return bool(cursor.fetchone()[0])


def prepared(code: int, total: int) -> Place:
    """The county with its catalogue, residents and cases; what is there already is not made again."""
    with inside(code) as county:
        call_command("catalogue_load", shipped=True, jurisdiction=code, publish=True, verbosity=0, stdout=io.StringIO())
        note("residents", code, seconds(lambda: ground.fill(total)))
        if not standing():
            note("cases", code, seconds(lambda: fill_cases.fill(total, timezone.now())))
        township = Region.objects.filter(level=4, code__gt=code, code__lt=code + 10**6).order_by("code").values_list("code", flat=True)[0]
        _post, clerk = seated("window", township)
        with entered(clerk):
            residents = list(Resident.objects.visible_to(clerk).filter(status="living").order_by("pk")[:200])
            case = Case.objects.visible_to(clerk).filter(state="archived").order_by("pk")[0]
        posts = {"county": ("county_office", code), "township": ("township", township), "window": ("window", township)}
        clients = {words: signed_in(seated(*post)[0]) for words, post in posts.items()}
        village = residents[0].region
        return Place(county.schema_name, code, village, case, residents[0], list(applicants(residents, village)), clients, list(sessions(township)))


def sessions(township: int) -> Iterator[dict[str, str]]:
    """post → cookies of each of the clients that press: everybody a person of their own, with two posts' sessions."""
    for _client in range(CLIENTS):
        posts = {words: signed_in(seated(words, township)[0]) for words in ("window", "township")}
        yield {words: cookies_of(client) for words, client in posts.items()}


def cookies_of(client: Client) -> str:
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def note(what: str, code: int, took: float) -> None:
    sys.stderr.write(f"  {what} of {code}: {took:.0f} s\n")


def applicants(residents: list[Resident], village: int) -> Iterator[dict[str, str]]:
    """Every second one is known to the register and confirmed, the others are typed."""
    for serial, resident in enumerate(residents):
        yield {"resident": str(resident.pk)}
        first17 = f"110101{1950 + serial % 50}0315{serial % 1000:03d}"
        yield {"name": "冉桂兰", "id_number": first17 + check_digit(first17), "phone": "13912345678", "region": str(village)}


def writing(place: Place, sizes: Sizes, total: int) -> Iterator[Line]:
    """Creates beside the bare view in turn, then whole lives."""
    at = f"at {total:,}"
    create = [["window", f"/act/cases.receive/{ITEM}/", PAPERS | {"verdict": "accept"}]]
    bare = [
        [
            "window",
            f"/{place.schema}/{ITEM}/",
            PAPERS | {"name": "冉桂兰", "id_number": "11010519491231002X", "phone": "13912345678", "region": str(place.village)},
        ]
    ]
    life = [
        ["window", f"/act/cases.receive/{ITEM}/", PAPERS | {"verdict": "hold"}],
        ["window", "/act/cases.accept/{case}/", PAPERS],
        ["township", "/act/cases.decide/{case}/", {"outcome": "granted"}],
        ["window", "/act/cases.deliver/{case}/", {"way": "pickup", "to": "self", "signature": signed()}],
        ["window", "/act/cases.rate/{case}/", {"grade": "5"}],
    ]
    with (
        served("weimin.config.wsgi:application", "weimin.config.settings", "/healthz") as port,
        served("weimin.config.wsgi:application", "bench.bare") as other,
    ):
        turns = [(pressed(other, bare, place, sizes, [{}]), pressed(port, create, place, sizes)) for _turn in range(TURNS)]
        lives = pressed(port, life, place, sizes)
    floor, ours = (median(turn[side]["rate"] for turn in turns) for side in (0, 1))
    slow, late = (median(turn[side]["p95"] for turn in turns) for side in (0, 1))
    yield Line("cases", f"create over HTTP, {CLIENTS} clients, {at}", ours, "/s", floor, "bare view", bottom=CREATES)
    yield Line("cases", f"create over HTTP: p95, {at}", late, "ms", slow, "bare view", ceiling=P95)
    yield Line("cases", f"whole lives (five actions) over HTTP, {CLIENTS} clients, {at}", lives["rate"], "/s", bottom=LIVES)


def signed() -> str:
    """The evidence of a delivery: a name drawn into the box of the page, in its size."""
    paper, buffer = Image.new("RGB", (600, 220), "white"), io.BytesIO()
    ImageDraw.Draw(paper).line([(60 + 24 * step, 110 + 60 * (-1) ** step) for step in range(20)], (0, 0, 0), 4, "curve")
    paper.save(buffer, "PNG")
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()


def pressed(port: int, steps: list[Any], place: Place, sizes: Sizes, people: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """Whole rounds of the steps by all clients."""
    return pressing({"port": port, "clients": place.sessions, "seconds": sizes.seconds * 2, "steps": steps, "people": people or place.people})


def pressing(job: dict[str, Any]) -> dict[str, Any]:
    """What the clients' process measured."""
    done = subprocess.run([sys.executable, "-m", "bench.press"], input=json.dumps(job), capture_output=True, text=True, cwd=settings.BASE_DIR)
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    return dict(json.loads(done.stdout))


def addresses(place: Place) -> dict[tuple[str, str], str]:
    """(page, post) → address. Looked for is a surname: the commonest text there is, and it fills the page of either county."""
    name = place.resident.name[0]
    found = {("case page", "township"): f"/cases/{place.case.pk}/", ("resident page", "township"): f"/residents/{place.resident.pk}/"}
    for post in ("county", "township"):
        found["list of cases", post] = "/cases/"
        found["open cases by deadline", post] = "/cases/?state=open"
        found["cases of a name", post] = f"/cases/?text={place.case.applicant_name}"
        found["list of residents", post] = "/residents/"
        found["residents of a name", post] = f"/residents/?text={name}"
        found["search page", post] = f"/search/?q={name}"
        found["workbench", post] = "/"
    return found


def reading(few: Place, many: Place, sizes: Sizes) -> Iterator[Line]:
    """p95 of the server's time at a million; the ratio is that of the medians, which a disturbed machine moves less."""
    at, large = addresses(few), addresses(many)
    for (page, post), address in large.items():
        small, large_one = visiting(few.clients[post], at[page, post]), visiting(many.clients[post], address)
        yield from in_turn("cases", f"{page}, {post} post", small, large_one, f"at {sizes.crowd[0]:,}", sizes)


def in_turn(group: str, words: str, small: Callable[[], float], large: Callable[[], float], beside_what: str, sizes: Sizes) -> Iterator[Line]:
    """p95 of the large one and the ratio of the medians, both asked in turn."""
    times = [(small(), large()) for _view in range(2 + 4 * sizes.views)][2:]
    ours, beside = sorted(turn[1] for turn in times), [turn[0] for turn in times]
    yield Line(group, f"{words}: p95 of the server's time", ours[int(len(ours) * 0.95)] * 1000, "ms", ceiling=PAGE_MOST)
    yield Line(group, f"{words}: median", median(ours) * 1000, "ms", median(beside) * 1000, beside_what, most=GROWTH)


def visiting(client: Client, address: str) -> Callable[[], float]:
    def visit() -> float:
        took = seconds(lambda: looked(client, address))
        connection.set_schema_to_public()  # type: ignore[attr-defined]
        return took

    return visit


def looked(client: Client, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
