"""A paper that was given out, as PDF on A5 or for the 80 mm printer."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import translation
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.cases.models import IssuedPaper
from weimin.cases.papers_setting import SIZES, to_paper
from weimin.papers.pdf import to_pdf
from weimin.walls.errors import NotVisible
from weimin.walls.request import Request

CHINESE = "zh-hans"


@require_GET
@signed_in
def paper(request: Request, number: int) -> HttpResponse:
    """?size=80mm for the strip; else A5. Printed again it is the same."""
    try:
        issued = IssuedPaper.objects.visible_to(request.actor).get(pk=number)
    except IssuedPaper.DoesNotExist:
        raise NotVisible() from None
    size = next((one for one in SIZES if one == request.GET.get("size")), SIZES[0])
    origin = f"{request.scheme}://{request.get_host()}"
    with translation.override(CHINESE):
        content = to_pdf(to_paper(issued.content, size, origin))
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{issued.number}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer
