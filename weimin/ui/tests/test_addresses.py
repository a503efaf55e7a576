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


def test_a_very_long_search_is_cut_and_the_rest_of_the_address_stays() -> None:
    """Each link of a list repeats what is searched for: 12,000 characters made a page of 390 KB."""
    request = RequestFactory().get("/", {"state": "open", "text": "王" * 12_000, "q": "a b&c" * 500, "cursor": "x" * 300})
    CleanAddressMiddleware(lambda seen: HttpResponse())(request)
    assert request.GET.dict() == {"state": "open", "text": "王" * 100, "q": ("a b&c" * 20), "cursor": "x" * 300}
    assert len(request.get_full_path()) < 1600


@pytest.mark.parametrize(
    ("sent", "read"), [("ｄｉｂａｏ", "dibao"), ("１３８ＸＺ", "138XZ"), ("临时救助（支出型）", "临时救助（支出型）"), ("低保，", "低保，")]
)
def test_full_width_letters_and_digits_are_searched_for_as_plain_ones(sent: str, read: str) -> None:
    request = RequestFactory().get("/", {"text": sent, "state": "ｏｐｅｎ"})
    CleanAddressMiddleware(lambda seen: HttpResponse())(request)
    assert request.GET.dict() == {"text": read, "state": "ｏｐｅｎ"}
