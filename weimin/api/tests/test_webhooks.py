"""Webhooks: written with the action, signed, tried again, and heard by nobody who was not asked for."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_network
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from weimin.actions.act import act
from weimin.api.jobs import deliver_due, forget_deliveries
from weimin.api.models import Delivery, DeliveryAttempt, Webhook
from weimin.api.tests.builders import SECRET, make_delivery, make_webhook
from weimin.messages.backends import DeliveryFailed
from weimin.sites.tests.builders import CORRECTED, make_site
from weimin.walls.actor import system_actor
from weimin.walls.errors import InputInvalid, Refusal
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("X9")]


@pytest.fixture
def correct(jurisdiction: Any, actor: Any, places: Any, now: Any) -> Any:
    """correct(data=CORRECTED) -> a site of the first township corrected by its clerk."""
    who = actor("township", places.township)
    with entered(system_actor()):
        site = make_site(region=places.village)
    return lambda data=CORRECTED, key="k": act(who, "sites.correct", data, key, target=site.pk, now=now)


def deliveries() -> list[Delivery]:
    with entered(system_actor()):
        return list(Delivery.objects.select_related("webhook").order_by("pk"))


def test_an_event_is_written_with_the_action_and_names_nobody(correct, places, now):
    make_webhook(places.county)
    receipt = correct()
    [row] = deliveries()
    assert (row.action, row.region, row.state) == ("sites.correct", receipt.region, "pending")
    assert row.body == {
        "id": row.event, "event": "sites.correct", "at": now.isoformat(), "jurisdiction": 500242000000, "region": receipt.region,
        "subject": {"type": "sites.site", "id": receipt.subject_id}, "receipt": receipt.pk,
    }  # fmt: skip


def test_the_same_key_again_tells_nobody_again(correct, places):
    make_webhook(places.county)
    correct(), correct()
    assert len(deliveries()) == 1


def test_a_refused_action_tells_nobody(correct, places):
    make_webhook(places.county)
    with pytest.raises(Refusal):
        correct({})
    assert deliveries() == []


@pytest.mark.parametrize(
    ("place", "events", "over"),
    [("other_township", ["sites.*"], {}), ("county", ["staffing.*", "sites.enter"], {}), ("county", ["sites.*"], {"paused_at": "2026-11-01T00:00Z"})],
    ids=["elsewhere", "other events", "paused"],
)
def test_who_did_not_ask_hears_nothing(correct, places, place, events, over):
    make_webhook(getattr(places, place), events, **over)
    correct()
    assert deliveries() == []


def test_without_webhooks_an_action_costs_one_question_more(correct, places):
    with CaptureQueriesContext(connection) as caught:
        correct()
    assert len([query for query in caught if "api_" in query["sql"]]) == 1


class Receiver(BaseHTTPRequestHandler):
    """Keeps what it is sent; answers what it was told to."""

    calls: list[tuple[str, dict[str, str], bytes]] = []
    status = 200

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.calls.append((self.path, dict(self.headers), body))
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write("收到".encode())

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def receiver(settings: Any) -> Any:
    """A server on this machine, and the setting that lets webhooks reach it."""
    settings.WEBHOOK_NETWORKS = (ip_network("127.0.0.0/8"),)
    Receiver.calls, Receiver.status = [], 200
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def url_of(server: HTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_port}/hook?a=1"


def test_a_delivery_is_signed_over_time_and_body(jurisdiction, places, now, receiver):
    row = make_delivery(make_webhook(places.county, url=url_of(receiver)), next_at=now)
    assert deliver_due(now) == {"sent": 1, "retried": 0, "failed": 0}
    [(path, headers, body)] = Receiver.calls
    signed = headers["X-Weimin-Timestamp"].encode() + b"." + body
    assert f"hmac-sha256={hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()}" in headers["X-Weimin-Signature"].split(", ")
    assert (path, json.loads(body), headers["X-Weimin-Delivery"]) == ("/hook?a=1", row.body, row.event)
    [sent] = deliveries()
    assert (sent.state, sent.sent_at, sent.attempts) == ("sent", now, 1)


def test_a_failed_delivery_is_tried_again_later_and_given_up_in_the_end(jurisdiction, places, now, receiver):
    Receiver.status = 503
    make_delivery(make_webhook(places.county, url=url_of(receiver)), next_at=now)
    waits, moment = [], now
    for _ in range(6):
        deliver_due(moment)
        [row] = deliveries()
        waits.append((row.next_at - moment) // timedelta(minutes=1) if row.state == "pending" else row.state)
        moment = row.next_at
    assert waits == [1, 5, 30, 120, 720, "failed"]
    with entered(system_actor()):
        assert set(DeliveryAttempt.objects.values_list("ok", "detail")) == {(False, "503 Service Unavailable: 收到")}


def test_one_that_fails_does_not_hold_up_the_others(jurisdiction, places, now):
    broken, sound = (make_webhook(places.county, url=f"https://{name}.example/") for name in ("broken", "sound"))
    for webhook in (broken, broken, sound):
        make_delivery(webhook, next_at=now)
    called = []

    def send(url: str, body: bytes, headers: Any) -> str:
        called.append(url)
        if "broken" in url:
            raise DeliveryFailed("no")
        return "200"

    assert deliver_due(now, send=send) == {"sent": 1, "retried": 1, "failed": 0}
    assert called == ["https://broken.example/", "https://sound.example/"]


def test_what_was_on_its_way_when_a_process_died_goes_out_after_a_minute(jurisdiction, places, now):
    make_delivery(make_webhook(places.county), next_at=now)

    def die(*args: Any) -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deliver_due(now, send=die)
    assert deliver_due(now + timedelta(seconds=59), send=lambda *args: "200")["sent"] == 0
    assert deliver_due(now + timedelta(seconds=60), send=lambda *args: "200")["sent"] == 1


def test_slow_receivers_end_the_round_before_its_signatures_are_old(jurisdiction, places, now, monkeypatch):
    webhook, clock = make_webhook(places.county), [0.0]
    for number in range(8):
        make_delivery(webhook, event=f"slow-{number}", next_at=now)
    monkeypatch.setattr("weimin.api.jobs.time.monotonic", lambda: clock[0])

    def slowly(*args: Any) -> str:
        clock[0] += 9
        return "200"

    assert deliver_due(now, send=slowly)["sent"] == 5
    assert deliver_due(now + timedelta(minutes=1), send=lambda *args: "200")["sent"] == 3


def test_a_paused_webhook_waits(jurisdiction, places, now):
    make_delivery(make_webhook(places.county, paused_at=now), next_at=now)
    assert deliver_due(now, send=lambda *args: "200")["sent"] == 0


def test_the_secret_is_shown_once_and_sealed(jurisdiction, actor, places, now):
    who = actor("administrator", places.county)
    data = {"name": "县平台", "url": "https://receiver.example/", "events": "sites.*"}
    receipt = act(who, "api.add_webhook", data, "k", now=now)
    assert receipt.once == [Webhook.objects.get().secret]
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM api_webhook")
        assert receipt.once[0].encode() not in bytes(cursor.fetchone()[0])


@pytest.mark.parametrize(
    "url",
    [
        "http://receiver.example/",
        "https://127.0.0.1/",
        "https://10.1.2.3/",
        "https://[::ffff:10.1.2.3]/",
        "ftp://a.example/",
        "https://a:b@c.example/",
        "gopher",
    ],
)
def test_an_address_that_may_not_be_called_is_refused_at_once(jurisdiction, actor, places, now, url):
    with pytest.raises(InputInvalid) as refused:
        act(actor("administrator", places.county), "api.add_webhook", {"name": "x", "url": url, "events": "sites.*"}, "k", now=now)
    assert list(refused.value.form.errors) == ["url"]
    assert Webhook.objects.count() == 0


def test_old_deliveries_are_forgotten_but_never_what_waits(jurisdiction, places, now):
    webhook, old = make_webhook(places.county), now - timedelta(days=91)
    make_delivery(webhook, created_at=old, state="failed")
    waiting = make_delivery(webhook, created_at=old)
    with entered(system_actor()):
        forget_deliveries(None, now)
    assert [row.pk for row in deliveries()] == [waiting.pk]
