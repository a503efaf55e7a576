"""Contacts: written down together, asked every day together, released when their days are over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from weimin.actions.registry import Outcome, register
from weimin.epidemics.actions.base import HEALTH_POSTS, check_open, find_outbreak, named, signed, where
from weimin.epidemics.finding import contacts
from weimin.epidemics.flow import outbreak_url
from weimin.epidemics.forms.outbreaks import AddContacts, EndContact, RecordContacts
from weimin.epidemics.models import Condition, Contact, ContactDay, ContactState, Outbreak
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def is_known(phones: set[str], phone: str) -> bool:
    """Whether somebody of the name is under observation already: two of one name are told apart by the telephone."""
    return bool(phones) and (not phone or "" in phones or phone in phones)


@register("epidemics.add_contacts", label=_("登记密切接触者"), form=AddContacts, roles=HEALTH_POSTS, find=find_outbreak, region=where, check=check_open)
def add_contacts(by: Actor, outbreak: Outbreak, data: dict[str, Any], now: datetime) -> Outcome:
    """一行一人登记密切接触者，观察到最后接触后满观察期那天。"""
    last = data["last_contact_on"]
    watched = Contact.objects.filter(outbreak=outbreak, state__in=[ContactState.OBSERVED, ContactState.LOST])
    known: dict[str, set[str]] = {}
    for name, phone in watched.values_list("name", "phone"):
        known.setdefault(name, set()).add(phone or "")
    rows = [
        Contact(
            region=outbreak.region, outbreak=outbreak, name=name, phone=phone or None, relation=relation, last_contact_on=last,
            until_on=last + timedelta(days=outbreak.observation),
        )
        for name, phone, relation in data["people"] if not is_known(known.get(name, set()), phone)
    ]  # fmt: skip
    Contact.objects.bulk_create(rows)
    message = ngettext("登记了 %(n)d 人，观察到 %(until)s。", "登记了 %(n)d 人，观察到 %(until)s。", len(rows))
    until = (last + timedelta(days=outbreak.observation)).isoformat()
    text = message % {"n": len(rows), "until": until}
    left = len(data["people"]) - len(rows)
    if left:
        text += ngettext(" %(n)d 人已在观察中，没有再登记。", " %(n)d 人已在观察中，没有再登记。", left) % {"n": left}
    return Outcome(outbreak, after={"people": len(rows)}, message=text, next_url=outbreak_url(outbreak.pk))


def check_observed(outbreak: Outbreak, actor: Actor, now: datetime) -> None:
    check_open(outbreak, actor, now)
    if not contacts(actor).filter(outbreak=outbreak, state=ContactState.OBSERVED).exists():
        raise RuleBroken(_now("没有在观察的密切接触者。"))


@register("epidemics.record_contacts", label=_("登记健康状况"), form=RecordContacts, roles=HEALTH_POSTS, find=find_outbreak, region=where, check=check_observed)
def record_contacts(by: Actor, outbreak: Outbreak, data: dict[str, Any], now: datetime) -> Outcome:
    """每天问一遍：勾出有症状的和没联系上的，其余记为正常；期满又正常的自动解除。"""
    on, ill, missed = data["on"], {one.pk for one in data["ill"]}, {one.pk for one in data["missed"]}
    observed = list(contacts(by).select_for_update().filter(outbreak=outbreak, state=ContactState.OBSERVED).order_by("pk"))
    said = {one.pk: Condition.ILL if one.pk in ill else Condition.MISSED if one.pk in missed else Condition.WELL for one in observed}
    rows = [ContactDay(region=outbreak.region, contact=one, on=on, condition=said[one.pk], by=signed(by)) for one in observed]
    ContactDay.objects.bulk_create(rows, update_conflicts=True, unique_fields=["contact", "on"], update_fields=["condition", "by"])
    over = [one.pk for one in observed if said[one.pk] == Condition.WELL and on > one.until_on]
    Contact.objects.filter(pk__in=over).update(state=ContactState.RELEASED, ended_on=on)
    after = {"on": str(on), "asked": len(rows), "ill": len(ill), "released": len(over)}
    message = ngettext("登记了 %(n)d 人的健康状况。", "登记了 %(n)d 人的健康状况。", len(rows)) % {"n": len(rows)}
    if ill:
        message += _now(" 有症状的请马上就诊，确诊的填传染病报告卡。")
    return Outcome(outbreak, after=after, message=message, next_url=outbreak_url(outbreak.pk))


def find_contact(actor: Actor, pk: Any) -> Contact:
    found: Contact = contacts(actor).select_for_update(of=("self",)).get(pk=pk)
    return found


def check_watched(contact: Contact, actor: Actor, now: datetime) -> None:
    if contact.state not in (ContactState.OBSERVED, ContactState.LOST):
        raise RuleBroken(_now("这个人已经不在观察中。"))


@register("epidemics.end_contact", label=_("结束观察"), form=EndContact, roles=HEALTH_POSTS, find=find_contact, region=where, check=check_watched)
def end_contact(by: Actor, contact: Contact, data: dict[str, Any], now: datetime) -> Outcome:
    """期满解除、转为病例或失去联系，写明日期。"""
    if contact.state == ContactState.LOST and data["state"] == ContactState.LOST:
        raise RuleBroken(_now("已经登记为失去联系。"))
    if contact.state == ContactState.LOST:  # found again, and then ended: the table of moves goes through observation
        contact.state = ContactState.OBSERVED
        contact.save(update_fields=["state"])
    contact.state, contact.ended_on = data["state"], None if data["state"] == ContactState.LOST else data["on"]
    contact.save(update_fields=["state", "ended_on"])
    after = {"name": named(contact.name), "state": contact.state}
    return Outcome(contact, after=after, message=_now("已登记。"), next_url=outbreak_url(contact.outbreak_id))
