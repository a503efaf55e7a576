"""Root urls: each room that has pages mounts them under its own name."""

from __future__ import annotations

import importlib.util

from django.urls import URLPattern, URLResolver, include, path

ROOMS = [
    ("", "weimin.config.health_urls"),
    ("ui/", "weimin.ui.urls"),
    ("", "weimin.accounts.urls"),
    ("act/", "weimin.actions.urls"),
    ("regions/", "weimin.regions.urls"),
    ("calendars/", "weimin.shell.calendar_urls"),
    ("jobs/", "weimin.config.job_urls"),
    ("trail/", "weimin.trail.urls"),
    ("attachments/", "weimin.attachments.urls"),
    ("messages/", "weimin.messages.urls"),
    ("indicators/", "weimin.indicators.urls"),
    ("flows/", "weimin.flows.urls"),
    ("sites/", "weimin.sites.urls"),
    ("staffing/", "weimin.staffing.urls"),
    ("buildout/", "weimin.buildout.urls"),
    ("residents/", "weimin.residents.urls"),
    ("catalogue/", "weimin.catalogue.urls"),
    ("cases/", "weimin.cases.urls"),
    ("reception/", "weimin.reception.urls"),
    ("health/", "weimin.health.urls"),
    ("examinations/", "weimin.examinations.urls"),
    ("referrals/", "weimin.referrals.urls"),
    ("epidemics/", "weimin.epidemics.urls"),
    ("education/", "weimin.education.urls"),
    ("institutions/", "weimin.institutions.urls"),
    ("exchange/", "weimin.exchange.urls"),
    ("public/", "weimin.portal.urls"),
    ("api/v1/", "weimin.api.urls"),
    ("api-access/", "weimin.api.page_urls"),
    ("", "weimin.shell.urls"),
]


def exists(module: str) -> bool:
    return importlib.util.find_spec(module.rsplit(".", 1)[0]) is not None and importlib.util.find_spec(module) is not None


urlpatterns: list[URLPattern | URLResolver] = [path(prefix, include(module)) for prefix, module in ROOMS if exists(module)]

handler400 = "weimin.ui.errors.bad_request"
handler403 = "weimin.ui.errors.permission_denied"
handler404 = "weimin.ui.errors.not_found"
handler500 = "weimin.ui.errors.server_error"
