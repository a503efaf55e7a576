"""Who answers at a hospital and in a village. Posts lie outside the range of whoever refers, so they are read as the software itself;
nothing but names of units, and numbers of persons, comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from weimin.accounts.models import Post
from weimin.accounts.queries import in_force
from weimin.referrals.models import Pairing, Referral
from weimin.regions.rules import ancestors
from weimin.walls.actor import Actor, system_actor
from weimin.walls.session import entered


@dataclass(frozen=True)
class Desk:
    """Who holds a step: a role, or one person of it; `attended`: there is somebody at all."""

    role: str
    holder: int | None = None
    attended: bool = True


def own_unit(actor: Actor) -> str:
    """The unit of the actor's post, as the administrator wrote it."""
    return Post.objects.filter(pk=actor.post or 0).values_list("unit", flat=True).first() or ""


def own_hospital(actor: Actor) -> str:
    """The hospital that a post speaks for; empty for other posts, and for a hospital post without a unit, which speaks for all."""
    return own_unit(actor) if actor.role == "hospital" else ""


def seen_by(actor: Actor) -> QuerySet[Referral]:
    """Referrals inside the range; of a hospital's post those to and from that hospital."""
    rows = Referral.objects.visible_to(actor)
    hospital = own_hospital(actor)
    return rows.filter(hospital=hospital) if hospital else rows


def hospital_desk(hospital: str, on: date) -> Desk:
    """The role where it is the only hospital; else a person of this one, so that no other hospital has it in its queue; the doctor when it has no post."""
    with entered(system_actor()):
        posts = list(Post.objects.filter(in_force(on), role="hospital").values_list("unit", "person_id").order_by("pk")[:200])
    own = [person for unit, person in posts if unit == hospital]
    if own and any(unit not in ("", hospital) for unit, _person in posts):
        return Desk("hospital", own[0])
    if own or any(unit == "" for unit, _person in posts):
        return Desk("hospital")
    return Desk("doctor", attended=False)


def community_desk(region: int, on: date) -> Desk:
    """The doctor of the village; where there is none, the institution."""
    with entered(system_actor()):
        there = Post.objects.filter(in_force(on), role="doctor", region__in=[region, *ancestors(region)]).exists()
    return Desk("doctor" if there else "institution")


def works_at(person: int, region: int, on: date) -> bool:
    """Whether somebody keeps records of a village: a patient may have moved, a doctor may have left."""
    with entered(system_actor()):
        return Post.objects.filter(in_force(on), person=person, role__in=("doctor", "institution"), region__in=[region, *ancestors(region)]).exists()


def pairings_of(region: int, on: date) -> list[Pairing]:
    """In force for the institution that covers a village, by name of the hospital."""
    with entered(system_actor()):
        rows = Pairing.objects.filter(region__in=[region, *ancestors(region)], from_on__lte=on, ended_on__isnull=True)
        return list(rows.filter(Q(until_on__isnull=True) | Q(until_on__gte=on)).order_by("hospital", "pk"))


def hospital_names(on: date) -> list[str]:
    """Hospitals with a post in this jurisdiction."""
    with entered(system_actor()):
        units = Post.objects.filter(in_force(on), role="hospital").exclude(unit="").values_list("unit", flat=True)
        return sorted(set(units))
