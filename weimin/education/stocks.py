"""The stock of oil pots and salt spoons. A doctor of a community gives out of the stock of the township's institution, which the
post itself does not see; what is read and changed here is the name and the figures of the institution, nothing of persons."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F
from django.utils.translation import gettext as _

from weimin.education.models import KitStock
from weimin.regions.rules import range_of, township_of
from weimin.sites.models import Site, SiteState, Tier
from weimin.walls.actor import Actor, system_actor
from weimin.walls.errors import RuleBroken
from weimin.walls.session import entered
from weimin.walls.tenancy import here


def overseer() -> Actor:
    home = here()
    return system_actor(home.low, home.high, name="education.stocks")


def serving(region: int) -> list[Site]:
    """Open institutions that serve a community: its own station first, then those of the township; in their place any other inside the
    township. Who has something left comes before who has nothing."""
    low, high = range_of(township_of(region)) if region % 10**6 else range_of(region)
    with entered(overseer()):
        rows = list(Site.objects.filter(tier=Tier.INSTITUTION, state=SiteState.OPEN, region__gte=low, region__lte=high).order_by("region", "pk"))
        left = set(KitStock.objects.filter(institution__in=[site.pk for site in rows], received__gt=F("handed")).values_list("institution", flat=True))
    own = [site for site in rows if site.region == region]
    centres = [site for site in rows if site.region == low and site.region != region]
    return sorted(own + centres or rows, key=lambda site: site.pk not in left)


def change(institution: int, kinds: Iterable[str], by: int) -> None:
    """Gives out (+1) or takes back (-1) one piece of each kind; RuleBroken when there is none left."""
    with entered(overseer()):
        rows = {row.kind: row for row in KitStock.objects.select_for_update().filter(institution=institution, kind__in=list(kinds)).order_by("kind")}
        for kind in kinds:
            row = rows.get(kind)
            if row is None or (by > 0 and row.left < by):
                raise RuleBroken(short_of(kind, row.institution_name if row else ""))
            row.handed += by
            row.save(update_fields=["handed"])


def short_of(kind: str, name: str) -> str:
    label = dict(KitStock._meta.get_field("kind").flatchoices)[kind]
    if name:
        return _("“%(name)s”的%(kind)s已经发完，请先登记到货。") % {"name": name, "kind": label}
    return _("还没有登记%(kind)s到货，请机构先登记。") % {"kind": label}
