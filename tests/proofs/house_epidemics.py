"""A school with a report, an alert, a card, an outbreak with a measure, a contact and a hop; every word carries the mark."""

from __future__ import annotations

from datetime import date
from typing import Any

from weimin.epidemics.models import ContactDay, Hop
from weimin.epidemics.tests.builders import group_of, make_alert, make_card, make_contact, make_family, make_measure, make_outbreak, make_place, make_report
from weimin.residents.tests.builders import NOW


def one_of_epidemics(village: int, mark: str) -> dict[str, Any]:
    """pk of each kind of record; `mark` goes into every name and remark."""
    place = make_place(village, f"{mark}小学", classes=(f"{mark}一班",), contact=mark, address=mark)
    group = group_of(place)
    make_report(group, symptoms={"fever": 1}, note=mark, reported_by=mark or "王老师")
    make_family(village, group=group, note=mark, taken_by=mark or "李医生")
    alert = make_alert(place, finding=mark, handling=mark)
    outbreak = make_outbreak(place, name=f"{mark}手足口病", conclusion=mark, opened_by=mark or "张主任")
    measure = make_measure(outbreak, text=f"{mark}消毒", note=mark)
    card = make_card(village, f"{mark}冉小虎", place=place, group=group, outbreak=outbreak, guardian=mark or "冉大山", address=mark, remark=mark)
    contact = make_contact(outbreak, f"{mark}冉小花", relation=mark)
    ContactDay.objects.create(region=village, contact=contact, on=date(2026, 11, 23), condition="well", by=mark or "李医生")
    Hop.objects.create(
        region=village, outbreak=outbreak, link="to_bureau", told=mark or "县局", way=mark or "电话", told_at=NOW, due_at=NOW, by=mark or "张主任"
    )
    return {"school": place.pk, "alert": alert.pk, "outbreak": outbreak.pk, "measure": measure.pk, "case_card": card.pk}
