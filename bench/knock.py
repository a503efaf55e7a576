"""`python -m bench.knock PORT SECONDS`: one client of the hello page in a process of its own; prints answers a second."""

from __future__ import annotations

import sys
import time
from http.client import HTTPConnection


def knock(port: int, length: float) -> float:
    """GET / again and again on one kept connection."""
    connection = HTTPConnection("127.0.0.1", port)
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < length:
        connection.request("GET", "/")
        connection.getresponse().read()
        done += 1
    return done / (time.perf_counter() - began)


if __name__ == "__main__":
    sys.stdout.write(str(knock(int(sys.argv[1]), float(sys.argv[2]))))
