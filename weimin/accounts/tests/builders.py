"""People for tests, as plain functions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.utils import timezone

from weimin.accounts.models import Person, Post, SecondFactor
from weimin.accounts.second_factor import new_secret

PASSWORD = "Shanghe-2026"


def make_person(
    login: str = "zhangsan",
    *,
    region: int = 500242101000,
    role: str = "township",
    changed: timedelta = timedelta(days=1),
    **over: Any,
) -> Person:
    """A person with one post in force and a password set a day ago."""
    person = Person(login=login, name=over.pop("name", "张三"), password_changed_at=timezone.now() - changed, **over)
    person.set_password(PASSWORD)
    person.save()
    Post.objects.create(person=person, role=role, region=region, starts_on=date(2020, 1, 1))
    return person


def make_factor(person: Person, now: datetime) -> SecondFactor:
    return SecondFactor.objects.create(person=person, secret=new_secret(), confirmed_at=now)


def visitor() -> Client:
    """A browser that has chosen the jurisdiction of the test and is not signed in."""
    client = Client()
    client.cookies["weimin_jurisdiction"] = str(connection.tenant.code)
    return client


def sign_in(client: Client, login: str = "zhangsan", password: str = PASSWORD, **over: Any) -> Any:
    return client.post("/sign-in/", {"login": login, "password": password, "jurisdiction": str(connection.tenant.code), **over})
