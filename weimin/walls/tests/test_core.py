import pytest
from django.db import connection

from weimin.sites.models import Site
from weimin.walls.session import entered

pytestmark = pytest.mark.django_db


def test_a_query_without_the_first_wall_returns_only_the_range(jurisdiction, actor, places):
    county = actor("lead_office", places.county)
    with entered(county):
        Site.objects.create(region=places.village, name="甲", tier="village_station")
        Site.objects.create(region=places.other_village, name="乙", tier="village_station")
    with entered(actor("village", places.village)):
        assert list(Site.objects.values_list("name", flat=True)) == ["甲"]


def test_nothing_is_visible_when_nobody_has_entered(jurisdiction, actor, places):
    with entered(actor("lead_office", places.county)):
        Site.objects.create(region=places.village, name="甲", tier="village_station")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sites_site")
        assert cursor.fetchone() == (0,)
