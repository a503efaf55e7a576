"""The smallest Django: settings, one address and the application in one module. Only the bench loads it."""

from __future__ import annotations

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

SECRET_KEY = "of the bench only"  # noqa: S105
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "bench.hello"
MIDDLEWARE: list[str] = []


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


urlpatterns = [path("", hello)]
application = get_wsgi_application()
