"""The service guide: found by the words people use, by what happened in their life, by who they are, by window."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from weimin.catalogue.blanks import blank, example
from weimin.catalogue.papers import guide as guide_paper
from weimin.catalogue.vocabulary import WINDOWS, groups, life_events, themes
from weimin.papers.answers import paper_answer
from weimin.papers.pdf import to_pdf
from weimin.portal.entering import public_page
from weimin.portal.item_page import page_of
from weimin.portal.queries import Asked, find_guide, item_in_force
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible
from weimin.walls.request import Request


def asked(request: Request) -> Asked:
    """What the address asks for; odd values are as good as none."""
    text = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:60]

    def one_of(name: str, known: object) -> str:
        value = request.GET.get(name, "")
        return value if value in known else ""  # type: ignore[operator]

    return Asked(text, one_of("life", life_events()), one_of("group", groups()), one_of("theme", themes()), one_of("window", WINDOWS))


@require_GET
@public_page()
def guide(request: Request, who: Actor) -> HttpResponse:
    chosen = asked(request)
    context = {
        "code": request.tenant.code, "chosen": chosen, "found": find_guide(chosen), "events": life_events().values(), "groups": groups().values(),
        "themes": themes().values(), "windows": WINDOWS.items(),
    }  # fmt: skip
    return render(request, "portal/guide.html", context)


@require_GET
@public_page()
def item(request: Request, who: Actor, item: str) -> HttpResponse:
    """One item: who may, what to bring, how long, where, what comes of it."""
    return render(request, "portal/item.html", {"code": request.tenant.code, "page": page_of(item_in_force(item).content)})


@require_GET
@public_page()
def item_paper(request: Request, who: Actor, item: str) -> HttpResponse:
    """The guide as a paper to take home."""
    version = item_in_force(item)
    body = to_pdf(guide_paper(version, request.tenant.name))
    return HttpResponse(body, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{version.content.code}.pdf"'})


@require_GET
@public_page()
def item_form(request: Request, who: Actor, item: str, kind: str, ending: str) -> HttpResponse:
    """The application form, empty or filled in as an example, as PDF or docx."""
    version = item_in_force(item)
    build = {"blank": blank, "example": example}.get(kind)
    if build is None:
        raise NotVisible()
    return paper_answer(lambda: build(version, request.tenant.name), ending, f"{version.content.code}-{kind}")
