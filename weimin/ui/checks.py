"""System check: every navigation entry leads somewhere, so that a forgotten route is found before people find it."""

from collections.abc import Sequence

from django.apps.config import AppConfig
from django.core.checks import CheckMessage, Error
from django.urls import NoReverseMatch, reverse

from weimin.ui.navigation import registered


def check_navigation(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """One error per entry whose url name does not reverse without arguments."""
    problems: list[CheckMessage] = []
    for item in registered():
        try:
            reverse(item.url_name)
        except NoReverseMatch:
            problems.append(Error(f"navigation entry {item.url_name!r} has no page", id="ui.E001"))
    return problems
