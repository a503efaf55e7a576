"""The pages that `make shots` opens in a real Chromium: as which post, where, and whether they are made for the phone.

A room's page that people see belongs here. `path` is an address, or several tried by `link`: the first link on that page
whose address begins with `link` is followed (a record's number differs from demonstration to demonstration), and from there
the first that begins with `then`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

TRIED = 12  # records that are opened in search of one with the button wanted
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
    then: str = ""
    phone_first: bool = False


def next_addresses(start: str, addresses: Iterable[str]) -> list[str]:
    """Of the links of a page those that go on from `start`: records (`start` and a number) when there are any. In their order, a few."""
    there = [address for address in dict.fromkeys(addresses) if address.startswith(start) and address[len(start) : len(start) + 1] not in ("", "?", "#")]
    return ([address for address in there if re.match(r"\d", address[len(start) :])] or there)[:TRIED]


PAGES: tuple[Page, ...] = (
    Page("sign-in", "/sign-in/", NOBODY),
    Page("workbench-lead-office", "/"),
    Page("workbench-township", "/", "township"),
    Page("workbench-village", "/", "village", TUPO, phone_first=True),
    Page("workbench-finance", "/", "finance"),
    Page("workbench-supervisor", "/?tab=team", "supervisor"),
    Page("workbench-overdue", "/?tab=overdue", "township"),
    Page("workbench-tupo", "/", "lead_office", TUPO),
    Page("workbench-blocked", "/?tab=blocked", "township"),
    Page("workbench-window", "/", "window"),
    Page("workbench-county-office", "/", "county_office"),
    Page("burden", "/burden/"),
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
    Page("workbench-leader", "/?tab=team", "leader"),
    Page("workbench-partner", "/", "partner"),
    Page("workbench-operator", "/", "operator", phone_first=True),
    Page("workbench-administrator", "/", "administrator"),
    Page("workbench-auditor", "/", "auditor"),
    Page("project-list", "/buildout/plans/1/projects/"),
    Page("project-waiting", "/", "lead_office", link="/buildout/projects/"),
    Page("project-paid", "/buildout/plans/1/projects/?state=subsidised", "finance", link="/buildout/projects/"),
    Page("project-rectifying", "/buildout/plans/1/projects/?state=rectifying", link="/buildout/projects/"),
    Page("project-tupo", "/buildout/plans/1/projects/", "leader", TUPO, link="/buildout/projects/"),
    Page("township", "/buildout/plans/1/coverage/", link="/buildout/plans/1/townships/"),
    Page("quota", "/?tab=team", "supervisor", link="/buildout/quotas/"),
    Page("plan-text", "/buildout/plans/1/text/"),
    Page("plan-text-tupo", "/buildout/plans/1/text/", "village", TUPO),
    Page("plan-versions", "/buildout/plans/1/versions/"),
    Page("money", "/buildout/plans/1/money/", "finance"),
    Page("money-allocations", "/buildout/plans/1/money/?show=allocations", "township"),
    Page("money-tupo", "/buildout/plans/1/money/?show=rewards", "finance", TUPO),
    Page("bulletins", "/buildout/plans/1/bulletins/"),
    Page("bulletins-tupo", "/buildout/plans/1/bulletins/", "lead_office", TUPO),
    Page("bulletin", "/buildout/plans/1/bulletins/", link="/buildout/bulletins/"),
    Page("consequences", "/buildout/plans/1/consequences/", "leader"),
    Page("accountability-tupo", "/buildout/plans/1/consequences/?kind=accountability", "lead_office", TUPO),
    Page("rewards-tupo", "/buildout/plans/1/consequences/?kind=reward", "leader", TUPO),
    Page("siting", "/buildout/plans/1/siting/"),
    Page("siting-answer", "/buildout/plans/1/siting/", link="/buildout/siting/"),
    Page("siting-import", "/buildout/plans/1/siting/import/"),
    Page("coverage", "/buildout/plans/1/coverage/"),
    Page("publicity", "/buildout/plans/1/publicity/"),
    Page("letter", "/buildout/plans/1/letter/"),
    Page("existing", "/buildout/plans/1/existing/"),
    Page("existing-import", "/buildout/plans/1/existing/import/"),
    Page("sites", "/sites/"),
    Page("site", "/sites/", link="/sites/"),
    Page("site-phone", "/sites/", "village", TUPO, link="/sites/", phone_first=True),
    Page("sites-import", "/sites/import/"),
    Page("catalogue", "/catalogue/"),
    Page("cases", "/cases/", "township"),
    Page("cases-open", "/cases/?state=open", "window"),
    Page("case", "/cases/", "township", link="/cases/"),
    Page("case-new", "/cases/new/", "window"),
    Page("case-intake", "/cases/new/", "window", link="/cases/new/"),
    Page("case-accept", "/cases/", "window", link="/cases/", then="/act/cases.", phone_first=True),
    Page("agency", "/cases/agency/", "township"),
    Page("mandate", "/cases/agency/", "township", link="/cases/agency/"),
    Page("mandate-new", "/act/cases.write_mandate/", "window"),
    Page("mandate-collect", "/cases/agency/", "window", link="/cases/agency/", then="/act/cases.collect_papers/", phone_first=True),
    Page("ratings", "/cases/ratings/", "lead_office"),
    Page("rating", "/cases/ratings/", "lead_office", link="/cases/ratings/"),
    Page("catalogue-found", "/catalogue/?text=dibao", "township"),
    Page("catalogue-item", "/catalogue/", link="/catalogue/items/"),
    Page("catalogue-item-phone", "/catalogue/?text=gljt", "village", TUPO, link="/catalogue/items/", phone_first=True),
    Page("catalogue-version", "/catalogue/?text=gljt", link="/catalogue/items/", then="/catalogue/versions/"),
    Page("catalogue-compare", "/catalogue/?text=gljt", link="/catalogue/items/", then="/catalogue/items/"),
    Page("catalogue-edit", "/catalogue/", link="/catalogue/items/", then="/act/catalogue.edit_item/"),
    Page("catalogue-import", "/catalogue/import/"),
    Page("bundles", "/catalogue/bundles/"),
    Page("bundle", "/catalogue/bundles/newborn/"),
    Page("staff", "/staffing/people/"),
    Page("worker", "/staffing/people/", link="/staffing/people/"),
    Page("nominations", "/staffing/nominations/", "partner"),
    Page("candidates", "/staffing/nominations/", "township", link="/staffing/sites/"),
    Page("filings", "/staffing/filings/"),
    Page("filing", "/staffing/filings/", link="/staffing/filings/"),
    Page("groups", "/staffing/groups/", "leader", TUPO),
    Page("group", "/staffing/groups/", "leader", TUPO, link="/staffing/groups/"),
    Page("service-posts", "/staffing/posts/"),
    Page("activities", "/staffing/activities/", "township"),
    Page("activity", "/staffing/activities/", "township", link="/staffing/activities/"),
    Page("centres", "/reception/", "township"),
    Page("centre", "/reception/", "township", link="/reception/"),
    Page("centre-tupo", "/reception/", "village", TUPO, link="/reception/", phone_first=True),
    Page("roster", "/reception/", "township", link="/reception/", then="/reception/roster/"),
    Page("queue", "/reception/", "window", link="/reception/", then="/reception/queue/"),
    Page("bookings", "/reception/", "window", link="/reception/", then="/reception/booked/"),
    Page("desk", "/reception/", "window", link="/reception/", then="/reception/windows/"),
    Page("open-window", "/reception/", "township", link="/reception/", then="/act/reception.open_window/"),
    Page("set-pattern", "/reception/", "township", link="/reception/", then="/act/reception.set_pattern/"),
    Page("indicators", "/indicators/"),
    Page("indicator", "/indicators/", link="/indicators/"),
    Page("apply-plan", "/buildout/plans/", link="/act/buildout.apply_plan"),
    Page("inspect", "/buildout/plans/1/projects/?state=applied", link="/buildout/projects/", then="/act/buildout.inspect/", phone_first=True),
    Page("apply-acceptance", "/buildout/plans/1/projects/?state=open", "township", link="/buildout/projects/", then="/act/buildout.apply_acceptance/"),
    Page("disburse", "/buildout/plans/1/projects/?state=accepted", "finance", link="/buildout/projects/", then="/act/buildout.disburse/"),
    Page("allocate", "/buildout/plans/1/money/", "finance", link="/act/buildout.allocate/"),
    Page("record-invoice", "/", "township", link="/buildout/projects/", then="/act/buildout.record_invoice/"),
    Page("issue-bulletin", "/buildout/plans/1/bulletins/", link="/act/buildout.issue_bulletin/"),
    Page("decide-tupo", "/buildout/plans/1/consequences/?kind=accountability&state=due", "lead_office", TUPO, link="/act/buildout.decide_consequence/"),
    Page("nominate", "/staffing/nominations/", "partner", link="/staffing/sites/", then="/act/staffing.nominate/"),
    Page("record-campaign", "/buildout/plans/1/publicity/", "township", link="/act/buildout."),
    Page("run-siting", "/buildout/plans/1/siting/", link="/act/buildout.run_siting/"),
    Page("add-room", "/sites/", "village", TUPO, link="/sites/", then="/act/sites."),
    Page("person", "/people/", "administrator", link="/people/"),
    Page("region", "/regions/", "administrator", link="/regions/"),
    Page("trail-entry", "/trail/", "auditor", link="/trail/"),
    Page("trail-found", "/trail/?action=buildout.disburse", "auditor"),
    Page("password", "/me/password/", "township"),
    Page("second-factor", "/me/second-factor/", "supervisor"),
    Page("calendar", "/calendars/", "administrator"),
    Page("jobs", "/jobs/", "administrator"),
    Page("gallery", "/ui/", "administrator"),
    Page("api-tokens", "/api-access/", "administrator"),
    Page("api-token", "/api-access/", "township", link="/act/api.give_token/"),
    Page("api-webhooks", "/api-access/webhooks/", "administrator"),
    Page("api-webhook", "/api-access/webhooks/", "administrator", link="/api-access/webhooks/"),
    Page("api-add-webhook", "/api-access/webhooks/", "administrator", link="/act/api."),
    Page("api-reference", "/api/v1/docs/", NOBODY),
    Page("resident-imports", "/residents/import/", "township"),
    Page("public-places", "/public/?all=1", NOBODY),
    Page("public-home", "/public/500242000000/", NOBODY, phone_first=True),
    Page("public-guide", "/public/500242000000/guide/?life=old_age", NOBODY),
    Page("public-item", "/public/500242000000/guide/", NOBODY, link="/public/500242000000/guide/"),
    Page("public-apply", "/public/500242000000/apply/CV0001/", NOBODY, phone_first=True),
    Page("public-centres", "/public/500242000000/centres/", NOBODY),
    Page("public-centre", "/public/500242000000/centres/", NOBODY, link="/public/500242000000/centres/"),
    Page("public-progress", "/public/500242000000/progress/", NOBODY, phone_first=True),
    Page("public-booking", "/public/500242000000/booking/", NOBODY, phone_first=True),
    Page("residents", "/residents/", "township"),
    Page("residents-village", "/residents/", "village", TUPO, phone_first=True),
    Page("resident", "/residents/", "township", link="/residents/"),
    Page("resident-phone", "/residents/", "village", TUPO, link="/residents/", phone_first=True),
    Page("household", "/residents/", "township", link="/residents/", then="/residents/households/"),
    Page("enter-resident", "/residents/", "township", link="/act/residents.enter/"),
    Page("record-death", "/residents/", "township", link="/residents/", then="/act/residents.record_death/"),
    Page("duplicates", "/residents/duplicates/", "township"),
    Page("transfers", "/residents/transfers/", "township"),
    Page("health-today", "/health/today/", "doctor", phone_first=True),
    Page("health-visit", "/health/today/", "doctor", link="/act/health.record_visit/", phone_first=True),
    Page("health-records", "/health/", "doctor"),
    Page("health-record", "/health/", "doctor", link="/health/"),
)
