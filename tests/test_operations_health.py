"""What machines that watch are told, and what the log says of a request."""

import json
import logging
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from weimin.config import health, logs, metrics
from weimin.config.logs import JsonFormatter

pytestmark = pytest.mark.req("X13")


def beat(age: timedelta) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM public.procrastinate_workers")
        cursor.execute("INSERT INTO public.procrastinate_workers (last_heartbeat) VALUES (%s)", [timezone.now() - age])


def test_healthz_asks_no_database(client: Client) -> None:
    response = client.get("/healthz", headers={"host": "unknown.example"})
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_readyz_is_ready_while_the_worker_beats(db: None, client: Client) -> None:
    beat(timedelta(seconds=5))
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"database": True, "migrations": True, "worker": True})


def test_readyz_names_a_worker_that_stopped(db: None, client: Client) -> None:
    beat(timedelta(seconds=61))
    response = client.get("/readyz")
    assert (response.status_code, response.json()["worker"]) == (503, False)


def test_readyz_names_a_missing_migration(db: None, client: Client) -> None:
    beat(timedelta(0))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM public.django_migrations WHERE app = 'trail'")
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"database": True, "migrations": False, "worker": False})


def test_metrics_are_for_the_machine_itself(db: None, client: Client) -> None:
    assert client.get("/metrics", REMOTE_ADDR="127.0.0.1").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.9").status_code == 403
    assert client.get("/metrics", REMOTE_ADDR="127.0.0.1", headers={"x-forwarded-for": "10.0.0.9"}).status_code == 403


def test_metrics_are_given_for_the_token(db: None, client: Client, settings) -> None:
    settings.METRICS_TOKEN = "watcher"
    for token, status in (("watcher", 200), ("other", 403)):
        headers = {"authorization": f"Bearer {token}"}
        assert client.get("/metrics", REMOTE_ADDR="10.0.0.9", headers=headers).status_code == status


def test_overdue_steps_are_counted_by_jurisdiction(jurisdiction, now) -> None:
    assert dict(health.overdue_steps(now))["500242000000"] == 0.0


def test_counters_of_two_processes_are_added(tmp_path) -> None:
    one = metrics.Metrics(tmp_path)
    one.observe("sites:list", "GET", 200, 0.02)
    one.observe("sites:list", "GET", 200, 0.2)
    one.flush()
    (tmp_path / "1.json").write_text(json.dumps({"sites:list\tGET\t200": [1, 4.0, 0, 0, 0, 0, 0, 1]}))
    lines = list(metrics.render_requests(one.total()))
    assert 'weimin_request_seconds_bucket{view="sites:list",method="GET",status="200",le="0.3"} 2' in lines
    assert 'weimin_request_seconds_count{view="sites:list",method="GET",status="200"} 3' in lines
    assert 'weimin_request_seconds_sum{view="sites:list",method="GET",status="200"} 4.220000' in lines


def test_a_record_is_one_json_line_with_its_request() -> None:
    record = logging.LogRecord("weimin", logging.INFO, "f.py", 1, "第一行\n第二行", None, None)
    token = logs.current_request.set("abcdef0123456789")
    try:
        line = JsonFormatter().format(record)
    finally:
        logs.current_request.reset(token)
    found = json.loads(line)
    assert "\n" not in line
    assert (found["message"], found["request"], found["level"]) == ("第一行\n第二行", "abcdef0123456789", "INFO")


@pytest.mark.parametrize(("offered", "kept"), [("0123456789abcdef", True), ("short", False), ("bad id\twith spaces", False)])
def test_a_wellformed_request_id_is_kept(client: Client, offered: str, kept: bool) -> None:
    assert (client.get("/healthz", headers={"x-request-id": offered})["X-Request-ID"] == offered) is kept


def test_the_log_of_a_request_has_no_query_string(db: None, client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="weimin.request"):
        client.get("/no-such-page/", {"name": "张三"})
    (record,) = [record for record in caplog.records if record.name == "weimin.request"]
    assert (record.path, record.status) == ("/no-such-page/", 404)
    assert "张三" not in JsonFormatter().format(record)
