import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from weimin.sites.models import Site
from weimin.walls.actor import system_actor
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


def told(work):
    """The statements that tell the database who acts."""
    with CaptureQueriesContext(connection) as seen:
        work()
    return [query["sql"] for query in seen if query["sql"].startswith("SET LOCAL")]


def names():
    return list(Site.objects.order_by("name").values_list("name", flat=True))


def test_whoever_is_inside_already_is_not_announced_again_and_others_find_their_own_walls(jurisdiction, actor, places):
    county, village = actor("lead_office", places.county), actor("village", places.village)

    def again():
        with entered(county):
            assert names() == ["乙", "甲"]

    with entered(county):
        Site.objects.create(region=places.village, name="甲", tier="village_station")
        Site.objects.create(region=places.other_village, name="乙", tier="village_station")
        assert told(again) == []
        with entered(village):
            assert names() == ["甲"]
            again()
            assert names() == ["甲"]
        assert names() == ["乙", "甲"]


def test_the_login_role_is_restored_after_somebody_was_let_in(jurisdiction, actor, places):
    with entered(system_actor(), role="NONE"):
        with entered(actor("village", places.village)):
            pass
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user = session_user")
            assert cursor.fetchone() == (True,)
