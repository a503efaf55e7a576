"""Stopwatches: the best of several runs, the median of many, and how often several clients manage something in a second."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from threading import Barrier
from typing import Any

from django.db import connections


def seconds(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def best(work: Callable[[], Any], repeats: int) -> float:
    """The quickest of several runs: what the machine can do when nobody else is at it."""
    return min(seconds(work) for _ in range(repeats))


def typical(work: Callable[[], Any], repeats: int) -> float:
    """The median of several runs after one that is not counted."""
    work()
    return median(seconds(work) for _ in range(repeats))


def rate(make: Callable[[int], Callable[[], Any]], clients: int, length: float) -> float:
    """Calls a second of `clients` threads together over `length` seconds. make(number) prepares one client in its own thread."""
    start = Barrier(clients)

    def client(number: int) -> float:
        try:
            work = make(number)
            work()
        except BaseException:
            start.abort()  # the others would wait for this one forever
            raise
        start.wait()
        began, done = time.perf_counter(), 0
        while time.perf_counter() - began < length:
            work()
            done += 1
        passed = time.perf_counter() - began
        connections.close_all()
        return done / passed

    if clients == 1:
        return client(0)
    with ThreadPoolExecutor(clients) as pool:
        return sum(pool.map(client, range(clients)))
