"""Stars: what an institution would get today and why, and one rating as it was confirmed."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.actions.history import history_of
from weimin.institutions.models import Rating
from weimin.institutions.queries.figures import rated
from weimin.institutions.queries.inspections import get_rating
from weimin.institutions.queries.institutions import named_stars, ratings_of
from weimin.institutions.tables import scheme_on
from weimin.institutions.views.answers import reader
from weimin.institutions.views.institutions import institution_or_404
from weimin.institutions.wording import account_of, line_words, stars_words, way_up
from weimin.walls.errors import NotVisible
from weimin.walls.request import Request

STATE_KINDS = {"applied": "info", "confirmed": "info", "published": "ok", "returned": "bad"}


def lines_of(account: dict[str, Any]) -> list[dict[str, Any]]:
    return [line | {"said": line_words(line)} for line in account["lines"]]


@require_GET
@signed_in
def stars_page(request: Request, number: int) -> HttpResponse:
    """The stars by today's figures, point by point, with what is missing for the next; the history."""
    actor, today = reader(request), timezone.localdate()
    row = institution_or_404(actor, number)
    facts, found, scheme = rated(row, today)
    account = account_of(found)
    context = {
        "institution": row, "facts": facts, "rated": found, "stars": stars_words(found.stars), "lines": lines_of(account), "way_up": way_up(account),
        "scheme": scheme, "ratings": [(one, STATE_KINDS[one.state]) for one in ratings_of(actor, row)], "star": named_stars(actor, [row], today).get(row.pk),
    }  # fmt: skip
    return render(request, "institutions/stars.html", context)


@require_GET
@signed_in
def rating_page(request: Request, number: int) -> HttpResponse:
    """One year's rating with the figures of its day."""
    actor = reader(request)
    try:
        row = get_rating(actor, number)
    except (Rating.DoesNotExist, OverflowError):
        raise NotVisible() from None
    given = stars_words(row.stars) if row.stars is not None else _now("待评定")
    context = {
        "rating": row, "institution": row.institution, "kind": STATE_KINDS[row.state], "computed": stars_words(row.computed), "given": given,
        "lines": lines_of(row.account), "way_up": way_up(row.account), "scheme": scheme_on(row.scheme_from), "events": history_of(actor, row),
    }  # fmt: skip
    return render(request, "institutions/rating.html", context)
