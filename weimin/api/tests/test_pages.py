"""Tokens and webhooks as pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from weimin.api.models import DeliveryAttempt
from weimin.api.tests.builders import NOW, make_delivery, make_token, make_webhook
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("X9")]


def test_a_clerk_sees_the_tokens_of_the_own_post_only(jurisdiction, client_as, make_post, places):
    make_token(make_post("township", places.township, "李四"), name="别人的令牌")
    client = client_as("township", places.township)
    make_token(client.post_row, name="自己的令牌")
    page = client.get("/api-access/").content.decode()
    assert ("自己的令牌" in page, "别人的令牌" in page) == (True, False)


def test_the_administrator_sees_those_of_the_range_and_finds_posts(jurisdiction, client_as, make_post, places):
    post = make_post("township", places.township, "李四")
    make_token(post, name="乡镇的令牌")
    page = client_as("administrator", places.county).get("/api-access/?q=李四").content.decode()
    assert "乡镇的令牌" in page
    assert f"/act/api.give_token/{post.pk}/" in page


def test_a_token_says_how_it_stands(jurisdiction, client_as, places):
    client = client_as("township", places.township)
    for over in ({}, {"revoked_at": NOW}, {"created_at": NOW - timedelta(days=9), "expires_at": NOW - timedelta(days=1)}):
        make_token(client.post_row, **over)
    page = client.get("/api-access/").content.decode()
    assert [words in page for words in ("在用", "已收回", "已到期")] == [True, True, True]


def test_giving_a_token_by_the_page_shows_it_once(jurisdiction, client_as, places):
    client = client_as("township", places.township)
    url = f"/act/api.give_token/{client.post_row.pk}/"
    data = {"name": "平台", "fixed": ["catalogue:read"], "actions": "", "expires_on": f"{NOW.date() + timedelta(days=60)}", "key": "k"}
    first, again = (client.post(url, data) for _ in range(2))
    assert "wm_500242000000_" in first.content.decode()
    assert again.status_code == 302


def test_the_delivery_log_shows_what_the_other_side_said(jurisdiction, client_as, places):
    webhook = make_webhook(places.county)
    row = make_delivery(webhook, state="failed")
    with entered(system_actor()):
        DeliveryAttempt.objects.create(region=row.region, delivery=row, at=NOW, ok=False, detail="503 Service Unavailable")
    page: Any = client_as("administrator", places.county).get(f"/api-access/webhooks/{webhook.pk}/").content.decode()
    assert "503 Service Unavailable" in page
    assert f"/act/api.send_again/{row.pk}/" in page
