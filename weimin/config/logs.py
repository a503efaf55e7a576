"""One JSON line for each log record, each with the request it belongs to; never a query string, a body or a name.

Imported by settings, so nothing here may touch settings when it is imported.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from weimin.config.metrics import METRICS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

REQUEST_ID = "X-Request-ID"
WELL_FORMED = re.compile(r"[A-Za-z0-9-]{8,64}")
SLOW_MILLISECONDS = 1000
WATCHERS = ("/healthz", "/readyz", "/metrics")  # asked every few seconds: neither logged nor counted
EXTRAS = ("method", "path", "status", "milliseconds", "jurisdiction", "person", "action", "job")

current_request: ContextVar[str] = ContextVar("current_request", default="")
logger = logging.getLogger("weimin.request")


class JsonFormatter(logging.Formatter):
    """{"at", "level", "logger", "message", "request"?, extras…, "trace"?} on one line, UTF-8."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request := current_request.get():
            line["request"] = request
        line |= {name: getattr(record, name) for name in EXTRAS if hasattr(record, name)}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def configuration(level: str) -> dict[str, Any]:
    """LOGGING for settings: JSON on standard error; at a terminal only warnings, as plain text."""
    terminal = sys.stderr.isatty()
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": "weimin.config.logs.JsonFormatter"},
            "plain": {"format": "%(levelname)s %(name)s %(message)s"},
        },
        "handlers": {
            "standard": {
                "class": "logging.StreamHandler",
                "formatter": "plain" if terminal else "json",
                "level": "WARNING" if terminal else level,
            }
        },
        "root": {"handlers": ["standard"], "level": level},
        "loggers": {
            "django.server": {"level": "ERROR"},
            "procrastinate": {"level": "WARNING"},
            "django.db.backends": {"level": "WARNING"},  # its debug lines carry statements with people's data
        },
    }


class RequestLogMiddleware:
    """Outermost: names the request, times it, counts it, logs one line."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        offered = request.headers.get(REQUEST_ID, "")
        identity = offered if WELL_FORMED.fullmatch(offered) else uuid.uuid4().hex
        token = current_request.set(identity)
        request.request_id = identity  # type: ignore[attr-defined]  # what error pages and problems tell the reader to quote
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            self._note(request, response, time.perf_counter() - started)
        finally:
            current_request.reset(token)
        response[REQUEST_ID] = identity
        return response

    def _note(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        if request.path in WATCHERS:
            return
        match = request.resolver_match
        METRICS.observe(match.view_name if match else "", request.method or "", response.status_code, seconds)
        milliseconds = round(seconds * 1000, 1)
        level = logging.WARNING if milliseconds > SLOW_MILLISECONDS or response.status_code >= 500 else logging.INFO
        extra = {
            "method": request.method,
            "path": request.path,
            "status": response.status_code,
            "milliseconds": milliseconds,
        }
        if actor := getattr(request, "actor", None):
            extra["person"] = actor.person
        if tenant := getattr(request, "tenant", None):
            extra["jurisdiction"] = getattr(tenant, "schema_name", "")
        logger.log(level, "%s %s %s", request.method, request.path, response.status_code, extra=extra)
