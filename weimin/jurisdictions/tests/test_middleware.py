import pytest
from django.test import RequestFactory

from weimin.jurisdictions.middleware import find_jurisdiction
from weimin.jurisdictions.models import Domain, Jurisdiction

pytestmark = pytest.mark.django_db


def found(cookie: str | None = None, host: str = "testserver"):
    request = RequestFactory().get("/", HTTP_HOST=host)
    if cookie is not None:
        request.COOKIES["weimin_jurisdiction"] = cookie
    chosen = find_jurisdiction(request)
    return chosen.code if chosen else None


def test_the_cookie_names_the_jurisdiction():
    assert found("341221203000") == 341221203000


@pytest.mark.parametrize("odd", [None, "", "0", "abc", "999999999999", "９" * 12, "5002420000000", "-50024200000"])
def test_where_nothing_names_one_of_several_there_is_none(odd):
    assert found(odd) is None


def test_the_host_name_wins_over_the_cookie():
    Domain.objects.create(domain="testserver", tenant=Jurisdiction.objects.get(code=500242000000))
    assert found("341221203000") == 500242000000


def test_a_single_jurisdiction_needs_no_choice_but_leaves_one():
    Jurisdiction.objects.filter(code=341221203000).delete()
    assert (found(), found("0")) == (500242000000, None)
