"""A public address names its jurisdiction: /public/500242000000/… stands in QR codes and works in any browser.

Whoever comes by it is a visitor, also an official who is signed in elsewhere: the session is of another jurisdiction, is not
asked there, and lives on.
"""

from __future__ import annotations

import re

from weimin.accounts.entrances import Caller, entrance
from weimin.jurisdictions.middleware import named_by
from weimin.walls.request import Request

PUBLIC = re.compile(r"/public/(\d{12})(?:/|$)", re.ASCII)


@named_by
def by_address(request: Request) -> int | None:
    found = PUBLIC.match(request.path_info)
    return int(found.group(1)) if found else None


@entrance
def as_visitor(request: Request) -> Caller | None:
    return Caller() if by_address(request) is not None else None
