"""Giving out a paper: made once from what is true now, kept with its digest, the same ever after (S6). Called by actions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.hashes import SM3, Hash

from weimin.calendars.clock import ZONE
from weimin.cases.items import content_of
from weimin.cases.models import AgentChange, Case, CaseMaterial, CaseNotice, Delivery, HandOver, IssuedPaper, Mandate, PaperKind
from weimin.cases.papers_agency import change_list, hand_over, slip
from weimin.cases.papers_case import WRITERS, Office, Source, kinds_ready, paper_number
from weimin.cases.papers_setting import canonical
from weimin.cases.queries.agency import cases_of
from weimin.cases.tokens import progress_path, slip_path
from weimin.regions.queries import names
from weimin.regions.rules import range_of, township_of
from weimin.sites.models import Site
from weimin.walls.actor import Actor


@dataclass(frozen=True)
class Paper:
    """A paper that is called for: of which record, of which kind, and the one that was given out already, if any."""

    kind: str
    subject: Case | Mandate | HandOver | AgentChange
    source: int = 0
    issued: IssuedPaper | None = None

    @property
    def pk(self) -> str:
        """The target of `cases.issue_paper`."""
        return f"{LETTERS[type(self.subject)]}{self.subject.pk}-{self.kind}-{self.source}"

    @property
    def region(self) -> int:
        return self.subject.region

    @property
    def label(self) -> Any:
        return PaperKind(self.kind).label

    def __str__(self) -> str:
        return f"{self.label} {self.subject}"


TIERS = ("township_centre", "village_station")
SERVING = ("便民", "为民", "政务服务", "公共服务", "党群服务", "群众服务")  # text: data

LETTERS: dict[type, str] = {Case: "c", Mandate: "m", HandOver: "h", AgentChange: "a"}
MODELS: dict[str, Any] = {letter: model for model, letter in LETTERS.items()}


def paper_of(actor: Actor, key: str) -> Paper:
    """The paper behind a target. DoesNotExist or ValueError for what is hidden or malformed. A record that changes is locked, so that two
    clerks give out one paper; a list that never changes cannot be, and its unique number refuses the second."""
    head, kind, source = key.split("-")
    if kind not in PaperKind.values or head[:1] not in MODELS:
        raise ValueError(key)
    rows = MODELS[head[:1]].objects.visible_to(actor)
    subject = (rows.select_for_update() if head[:1] in "cm" else rows).get(pk=int(head[1:]))
    return Paper(kind, subject, int(source), given_out(subject, kind, int(source)))


def given_out(subject: Any, kind: str, source: int) -> IssuedPaper | None:
    return IssuedPaper.objects.filter(kind=kind, source=source, **{owner_field(subject): subject.pk}).first()


def owner_field(subject: Any) -> str:
    return {Case: "case", Mandate: "mandate", HandOver: "hand_over", AgentChange: "change"}[type(subject)]


def papers_for_case(actor: Actor, case: Case, notices: Iterable[CaseNotice], deliveries: Iterable[Delivery]) -> list[Paper]:
    """Every paper that a case calls for so far, with those given out. One query."""
    issued = {(row.kind, row.source): row for row in IssuedPaper.objects.visible_to(actor).filter(case=case.pk).defer("content")}
    return [Paper(kind, case, source, issued.get((kind, source))) for kind, source in kinds_ready(case, notices, deliveries)]


def papers_for_mandate(actor: Actor, mandate: Mandate, lists: list[HandOver]) -> list[Paper]:
    """The slip and the hand-over lists of a mandate, with those given out. One query."""
    issued = {(row.kind, row.hand_over_id): row for row in IssuedPaper.objects.visible_to(actor).filter(mandate=mandate.pk).defer("content")}
    papers = [Paper("mandate", mandate, 0, issued.get(("mandate", None)))]
    return papers + [Paper(row.kind, row, 0, issued.get((row.kind, row.pk))) for row in lists]


def is_called_for(paper: Paper) -> bool:
    """Whether the record has come so far that this paper may be given out."""
    subject = paper.subject
    if isinstance(subject, Case):
        notices, deliveries = CaseNotice.objects.filter(case=subject.pk), Delivery.objects.filter(case=subject.pk)
        return (paper.kind, paper.source) in kinds_ready(subject, notices, deliveries)
    wanted = {Mandate: "mandate", AgentChange: "change"}.get(type(subject)) or getattr(subject, "kind", "")
    return paper.kind == wanted and paper.source == 0


def issue(by: Actor, paper: Paper, now: datetime) -> IssuedPaper:
    """The paper as it was given out first, or a new one from what is true now."""
    if paper.issued is not None:
        return paper.issued
    number, content = write(by, paper, now)
    digest = Hash(SM3())
    digest.update(canonical(content))
    owner: dict[str, Any] = {owner_field(paper.subject): paper.subject}
    if isinstance(paper.subject, HandOver):
        owner["mandate"] = paper.subject.mandate
    return IssuedPaper.objects.create(
        region=paper.region, kind=paper.kind, number=number, source=paper.source, content=content, digest=digest.finalize().hex(), issued_by=by.name or by.role,
        issued_at=now, **owner,
    )  # fmt: skip


def write(by: Actor, paper: Paper, now: datetime) -> tuple[str, dict[str, Any]]:
    """Number and content of a paper."""
    subject = paper.subject
    if isinstance(subject, Case):
        return write_of_case(by, subject, paper, now)
    office = office_of(by, subject.region, None)
    if isinstance(subject, AgentChange):
        return subject.number, change_list(subject, office)
    mandate = subject.mandate if isinstance(subject, HandOver) else subject
    if isinstance(subject, HandOver):
        return subject.number, hand_over(mandate, subject, office, slip_path(mandate))
    return mandate.number, slip(mandate, cases_of(by, mandate), office, slip_path(mandate))


def write_of_case(by: Actor, case: Case, paper: Paper, now: datetime) -> tuple[str, dict[str, Any]]:
    count = IssuedPaper.objects.filter(case=case.pk, kind=paper.kind).count() + 1
    number = paper_number(case.number, paper.kind, count)
    row: Any = None
    if paper.source and paper.kind != "result":
        model: Any = Delivery if paper.kind == "delivery" else CaseNotice
        row = model.objects.visible_to(by).get(pk=paper.source, case=case.pk)
    materials = tuple(CaseMaterial.objects.visible_to(by).filter(case=case.pk).order_by("pk")) if paper.kind == "acceptance" else ()
    item = content_of(case)
    office = office_of(by, case.region, case.site, item.phone)
    source = Source(case, item, office, number, progress_path(case), now.astimezone(ZONE).date(), materials, row)
    return number, WRITERS[paper.kind](source)


def office_of(by: Actor, region: int, site: int | None, phone: str = "") -> Office:
    """The centre that gives a paper: where the case was taken in, else the one of the place, else its name alone (C-22)."""
    township = township_of(region)
    found = Site.objects.visible_to(by).filter(pk=site).first() if site else None
    found = found or centre_near(by, township)
    if found is not None:
        return Office(found.name, found.phone or phone, found.address, by.name)
    return Office(f"{names({township})[township]}便民服务中心", phone, "", by.name)  # text: data


def centre_near(by: Actor, township: int) -> Site | None:
    """The service centre where the post sits, else the township's own, else the only one there. Shops and other sites give no notices."""
    low, high = range_of(township) if township % 10**6 else (township, township)
    rows = Site.objects.visible_to(by).filter(region__gte=low, region__lte=high, tier__in=TIERS).exclude(state="closed").order_by("tier", "pk")
    centres = [row for row in rows if serves_residents(row)]
    for place in (by.low if by.low == by.high else township, township):
        if own := next((row for row in centres if row.region == place), None):
            return own
    wide = [row for row in centres if row.tier == TIERS[0]]
    return wide[0] if len(wide) == 1 else None


def serves_residents(site: Site) -> bool:
    return any(word in text for word in SERVING for text in (site.name, *site.purposes))
