"""A public address names its jurisdiction: /public/500242000000/… stands in QR codes and works in any browser."""

from __future__ import annotations

import re

from weimin.jurisdictions.middleware import named_by
from weimin.walls.request import Request

PUBLIC = re.compile(r"/public/(\d{12})(?:/|$)", re.ASCII)


@named_by
def by_address(request: Request) -> int | None:
    found = PUBLIC.match(request.path_info)
    return int(found.group(1)) if found else None
