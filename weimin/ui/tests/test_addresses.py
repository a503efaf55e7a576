import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from weimin.ui.addresses import CleanAddressMiddleware


@pytest.mark.parametrize(("sent", "read"), [("q=a%00b", "a\ufffdb"), ("q=%2%0000", "%2\ufffd00"), ("q=%E9%BE%99", "龙"), ("q=100%25", "100%")])
def test_a_filter_never_reads_a_nul(sent, read):
    request = RequestFactory().get("/")
    request.META["QUERY_STRING"] = sent
    answer = CleanAddressMiddleware(lambda seen: HttpResponse(seen.GET["q"]))(request)
    assert answer.content.decode() == read
