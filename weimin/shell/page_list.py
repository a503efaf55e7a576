"""The pages that `make shots` opens in a real Chromium: as which post, where, and whether they are made for the phone.

A room's page that people see belongs here. `path` is an address, or several tried by `link`: the first link on that page
whose address begins with `link` is followed (a record's number differs from demonstration to demonstration).
"""

from __future__ import annotations

from dataclasses import dataclass

YOUYANG, TUPO = 500242000000, 341221203000
NOBODY = ""


@dataclass(frozen=True)
class Page:
    """One picture. `name` becomes the file name; `role` NOBODY = before signing in; `link` follows a link of the page at `path`."""

    name: str
    path: str
    role: str = "lead_office"
    jurisdiction: int = YOUYANG
    link: str = ""
    phone_first: bool = False


PAGES: tuple[Page, ...] = (
    Page("sign-in", "/sign-in/", NOBODY),
    Page("workbench-lead-office", "/"),
    Page("workbench-township", "/", "township"),
    Page("workbench-village", "/", "village", TUPO, phone_first=True),
    Page("workbench-finance", "/", "finance"),
    Page("workbench-supervisor", "/?tab=team", "supervisor"),
    Page("workbench-overdue", "/?tab=overdue", "township"),
    Page("workbench-tupo", "/", "lead_office", TUPO),
    Page("search", "/search/?q=%E9%BE%99%E6%BD%AD"),
    Page("guide", "/guide/"),
    Page("guide-tupo", "/guide/", "lead_office", TUPO),
    Page("help", "/help/", "township"),
    Page("about", "/about/"),
    Page("plans", "/buildout/plans/"),
    Page("plan", "/buildout/plans/", link="/buildout/plans/"),
    Page("plan-tupo", "/buildout/plans/", "lead_office", TUPO, link="/buildout/plans/"),
    Page("project", "/", "township", link="/buildout/projects/"),
    Page("project-phone", "/", "village", TUPO, link="/buildout/projects/", phone_first=True),
    Page("urge", "/?tab=team&lamp=green", "supervisor", link="/act/flows.urge/"),
    Page("messages", "/messages/", "township"),
    Page("me", "/me/", "township"),
    Page("people", "/people/", "administrator"),
    Page("regions", "/regions/", "administrator"),
    Page("trail", "/trail/", "auditor"),
    Page("siting", "/buildout/plans/1/siting/"),
    Page("siting-answer", "/buildout/plans/1/siting/", link="/buildout/siting/"),
    Page("siting-import", "/buildout/plans/1/siting/import/"),
    Page("coverage", "/buildout/plans/1/coverage/"),
    Page("publicity", "/buildout/plans/1/publicity/"),
    Page("letter", "/buildout/plans/1/letter/"),
    Page("calendar", "/calendars/", "administrator"),
    Page("gallery", "/ui/", "administrator"),
)
