"""`python -m bench.press`: several clients in one process, each with its own kept connection and session; reads its job as JSON.

{"port", "seconds", "clients": [{post: cookies}, …], "steps": [[post, address, fields], …], "people": [fields, …]}: a client does the
steps one after the other, again and again; `{case}` in an address is the number that the first answer led to. With "people_of" in the place of
"people" each client has its own. A field whose name begins with `_` is for the address only. Prints {"done", "rate", "p50",
"p95"}: whole rounds a second of all clients together, milliseconds of the first step.
"""

from __future__ import annotations

import itertools
import json
import re
import secrets
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Barrier
from typing import Any
from urllib.parse import urlencode

CASE = re.compile(r"/(\d+)/")
CSRF = "a" * 32  # the cookie and the header must agree, nothing else


class Refused(Exception):
    """An answer that is no redirect: status, address, what it says."""


def new_key() -> str:
    """As the page of an action would have given it: the moment in milliseconds first (weimin.actions.act.new_key)."""
    return f"{time.time_ns() // 1_000_000:012x}7{secrets.token_hex(10)[1:]}"


def press(job: dict[str, Any]) -> dict[str, Any]:
    start, number = Barrier(len(job["clients"])), len(job["clients"])
    shared = itertools.cycle(job.get("people", []))
    people = [itertools.cycle(own) for own in job["people_of"]] if "people_of" in job else [shared] * number
    with ThreadPoolExecutor(len(job["clients"])) as pool:
        running = [pool.submit(client, job, cookies, own, start) for cookies, own in zip(job["clients"], people, strict=True)]
        times = [done.result() for done in running]
    firsts = sorted(first for rounds, _length in times for first in rounds)
    rate = sum(len(rounds) / length for rounds, length in times)
    return {"done": len(firsts), "rate": rate, "p50": at(firsts, 0.5), "p95": at(firsts, 0.95)}


def at(sorted_times: list[float], share: float) -> float:
    return sorted_times[min(len(sorted_times) - 1, int(len(sorted_times) * share))] * 1000


def client(job: dict[str, Any], cookies: dict[str, str], people: Iterator[dict[str, Any]], start: Barrier) -> tuple[list[float], float]:
    """Seconds of each first step, and how long the client was at it; the first round is not counted."""
    connection, rounds = HTTPConnection("127.0.0.1", job["port"]), []
    try:
        once(connection, cookies, job["steps"], next(people))
    except BaseException:
        start.abort()  # the others would wait for this one forever
        raise
    start.wait()
    began = time.perf_counter()
    while time.perf_counter() - began < job["seconds"]:
        rounds.append(once(connection, cookies, job["steps"], next(people)))
    return rounds, time.perf_counter() - began


def once(connection: HTTPConnection, cookies: dict[str, str], steps: list[Any], person: dict[str, Any]) -> float:
    """One round; seconds of its first step."""
    case, first = "", 0.0
    for number, (post_held, address, fields) in enumerate(steps):
        sent = {**fields, "key": new_key()} | (person if number == 0 else {})
        began = time.perf_counter()
        aside = {name: sent.pop(name) for name in list(sent) if name.startswith("_")}
        onwards = post(connection, cookies[post_held], address.format(case=case, **aside), sent)
        if number == 0:
            first, case = time.perf_counter() - began, CASE.search(onwards)[1]  # type: ignore[index]
    return first


def post(connection: HTTPConnection, cookie: str, address: str, fields: dict[str, Any]) -> str:
    """Where the answer leads."""
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"{cookie}; csrftoken={CSRF}", "X-CSRFToken": CSRF}
    connection.request("POST", address, urlencode(fields, doseq=True), headers)
    answer = connection.getresponse()
    said = answer.read()
    if answer.status != 302:
        raise Refused(answer.status, address, said.decode()[-2000:])
    return str(answer.headers["Location"])


if __name__ == "__main__":
    json.dump(press(json.load(sys.stdin)), sys.stdout)
