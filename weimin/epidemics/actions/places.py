"""Schools and their classes are registered once and kept up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.accounts.models import Person
from weimin.actions.registry import Outcome, register
from weimin.epidemics.actions.base import where
from weimin.epidemics.finding import places
from weimin.epidemics.forms.places import CorrectPlace, RegisterPlace
from weimin.epidemics.models import Group, Place
from weimin.walls.actor import Actor

KEEPERS = ("village", "doctor", "institution", "health_bureau")
FACTS = ("kind", "name", "address", "contact", "phone")


def find_place(actor: Actor, pk: Any) -> Place:
    found: Place = places(actor).select_for_update().get(pk=pk)
    return found


def place_url(place: Place) -> str:
    return reverse("epidemics:place", args=[place.pk])


@register("epidemics.register_place", label=_("登记学校"), form=RegisterPlace, roles=KEEPERS, region=lambda target, data: data["place"])
def register_place(by: Actor, target: None, data: dict[str, Any], now: datetime) -> Outcome:
    """登记学校或托幼机构和它的班级，从登记当天起每天报告。"""
    place = Place.objects.create(region=data["place"], since_on=timezone.localdate(now), **{name: data[name] for name in FACTS})
    Group.objects.bulk_create(Group(region=place.region, place=place, name=name, heads=heads) for name, heads in data["classes"])
    after = {"name": place.name, "classes": len(data["classes"])}
    return Outcome(place, after=after, message=_now("已登记，从今天起每天报告。"), next_url=place_url(place))


@register("epidemics.correct_place", label=_("更正学校资料"), form=CorrectPlace, roles=KEEPERS, find=find_place, region=where)
def correct_place(by: Actor, place: Place, data: dict[str, Any], now: datetime) -> Outcome:
    """更正名称、班级、人数、报告人、放假日期；去掉的班级不再报告，旧报告照样保存。"""
    names = (*FACTS, "reporter", "away_from", "away_until", "closed_on")
    before = {name: said(name, getattr(place, name)) for name in names if getattr(place, name) != data[name]}
    for name in names:
        setattr(place, name, data[name])
    place.save(update_fields=names)
    changed = keep_classes(place, dict(data["classes"]))
    after = {name: said(name, data[name]) for name in before} | ({"classes": changed} if changed else {})
    return Outcome(place, before=before, after=after, message=_now("资料已更正。"), next_url=place_url(place))


def said(name: str, value: Any) -> str:
    """A value as the history shows it: the reporter by name."""
    if name == "reporter" and value:
        return Person.objects.filter(pk=value).values_list("name", flat=True).first() or ""
    return str(value or "")


def keep_classes(place: Place, wanted: dict[str, int]) -> int:
    """Classes by name: new ones are added, others get their head count, missing ones are closed. Answers how many changed."""
    known = {group.name: group for group in place.groups.all()}
    changed = 0
    for name, heads in wanted.items():
        group = known.pop(name, None)
        if group is None:
            Group.objects.create(region=place.region, place=place, name=name, heads=heads)
        elif (group.heads, group.closed) == (heads, False):
            continue
        else:
            group.heads, group.closed = heads, False
            group.save(update_fields=["heads", "closed"])
        changed += 1
    gone = [group.pk for group in known.values() if not group.closed]
    Group.objects.filter(pk__in=gone).update(closed=True)
    return changed + len(gone)
