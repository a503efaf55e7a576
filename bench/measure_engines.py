"""Excel out and in, siting proven to the optimum, an official paper as PDF."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain

from django import forms

from bench.country import COUNTY
from bench.sizes import Sizes
from bench.table import Line
from bench.timing import seconds, typical
from weimin.buildout.siting.model import Candidate, Demand
from weimin.buildout.siting.solve import fewest_sites
from weimin.buildout.siting.synthetic import Kind, invent
from weimin.papers.content import Heading, Paper, Paragraph
from weimin.papers.pdf import to_pdf
from weimin.regions.queries import geography
from weimin.secrets.cipher import seal
from weimin.sheets.export import Column, export
from weimin.sheets.trial import dry_run

CENTRE = (28.84, 108.77)
FAULTY = 97  # every so many rows one is wrong on purpose


class Resident(forms.Form):
    """Twelve columns of the usual kinds."""

    name = forms.CharField(label="姓名", max_length=20)
    number = forms.CharField(label="编号", max_length=20)
    sex = forms.ChoiceField(label="性别", choices=[("m", "男"), ("f", "女")])
    born_on = forms.DateField(label="出生日期")
    village = forms.CharField(label="村", max_length=40)
    address = forms.CharField(label="住址", max_length=100)
    phone = forms.CharField(label="电话", max_length=20, required=False)
    members = forms.IntegerField(label="人口", min_value=1, max_value=30)
    income = forms.DecimalField(label="年收入", max_digits=10, decimal_places=2)
    insured = forms.BooleanField(label="参保", required=False)
    kind = forms.ChoiceField(label="类别", choices=[("a", "一般户"), ("b", "低保户"), ("c", "五保户")])
    remark = forms.CharField(label="备注", max_length=100, required=False)


COLUMNS = [Column(name, str(field.label)) for name, field in Resident.base_fields.items()]


def measure(sizes: Sizes) -> Iterator[Line]:
    yield from sheets(sizes.rows)
    yield from siting()
    yield from papers(sizes.views)
    yield sealing(sizes.rows)


def sealing(count: int) -> Line:
    """An identifier sealed with SM4-GCM, as its column does."""
    taken = seconds(lambda: [seal("110101199003070000", "person.number") for _number in range(count)])
    return Line("engines", "seal an identifier", count / taken, "/s")


def sheets(count: int) -> Iterator[Line]:
    books: list[bytes] = []
    reports: list[int] = []
    out = seconds(lambda: books.append(export(COLUMNS, residents(count), title="居民", watermark="仅限工作使用")))
    back = seconds(lambda: reports.append(len(dry_run(books[0], Resident).errors)))
    if reports != [len(range(0, count, FAULTY))]:
        raise RuntimeError(f"{reports} faults found")
    yield Line("engines", f"export {count:,} rows of 12 columns", out, "s", ceiling=2.0)
    yield Line("engines", f"check {count:,} rows of 12 columns from Excel", back, "s", ceiling=5.0)


def residents(count: int) -> Iterator[tuple[object, ...]]:
    for number in range(count):
        members = 0 if number % FAULTY == 0 else 1 + number % 7
        yield (
            f"张{number % 997}", f"{number:012d}", "男" if number % 2 else "女", date(1950 + number % 60, 1 + number % 12, 1 + number % 28), "楠木桩村",
            f"{number % 40 + 1} 组 {number % 300 + 1} 号", f"1380000{number % 10000:04d}", members, 12000.5 + number % 9000,
            "是" if number % 3 else "否", "一般户", "",
        )  # fmt: skip


def siting() -> Iterator[Line]:
    """The demonstration's invented places of the county: 85 % of its people within four kilometres, by the fewest sites."""
    places = geography(COUNTY, date.today())
    spots = invent(
        dict(chain(places.villages.items(), places.communities.items())), CENTRE, 45.0, [Kind("centre", "便民中心", True), Kind("shop", "商店", False)]
    )
    demands = [Demand(number, spot.population, spot.latitude, spot.longitude) for number, spot in enumerate(spots) if spot.kind == "centre"]
    candidates = [Candidate(number, 600_000, spot.latitude, spot.longitude) for number, spot in enumerate(spots)]
    found = fewest_sites(demands, candidates, 4.0, 85.0)
    yield Line("engines", f"fewest sites for {len(demands)} villages ({found.status})", found.seconds, "s", ceiling=5.0)
    yield Line("engines", "the same, at once", fewest_sites(demands, candidates, 4.0, 85.0, quick=True).seconds, "s", ceiling=1.0)


def papers(views: int) -> Iterator[Line]:
    body = [Heading("一、建设进度"), *(Paragraph("全县三十九个乡镇已建成服务中心二十个，其余按期推进，请各乡镇抓紧落实。" * 3) for _ in range(4))]
    paper = Paper("关于村级电商服务站建设情况的通报", tuple(body), kind="通报", issuer="酉阳县电商办", signed_on=date(2026, 11, 24))
    yield Line("engines", "a paper of one page as PDF", typical(lambda: to_pdf(paper), views) * 1000, "ms")
