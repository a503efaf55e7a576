"""Navigation, search, headers, display choices, errors."""

import gzip
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.staticfiles import finders
from django.core.checks import Error
from django.http import HttpResponse
from django.test import RequestFactory

from weimin.ui import navigation, search
from weimin.ui.checks import check_navigation
from weimin.ui.csp import SecurityHeadersMiddleware
from weimin.ui.frame import frame_of
from weimin.ui.stylesheet import squeeze, stylesheet_text
from weimin.ui.views import display, language, packed_stylesheet, stylesheet

ALICE = SimpleNamespace(person=1, name="王秀兰", post=7, role="township")


@pytest.fixture
def registry(monkeypatch):
    monkeypatch.setattr(navigation, "_entries", {})
    monkeypatch.setattr(navigation, "_bell", [])
    monkeypatch.setattr(search, "_providers", {})


def test_people_see_the_entries_of_their_role_with_figures(registry):
    navigation.entry("ui:gallery", label="样本", section="manage", roles=("township",), count=lambda actor: 5)
    navigation.entry("ui:display", label="密", section="manage", roles=("auditor",))
    [(key, _label, [line])] = navigation.menu(ALICE, "/ui/gallery/phone/")
    assert (key, line.label, line.count, line.current) == ("manage", "样本", 5, True)


def test_an_unknown_section_is_refused(registry):
    with pytest.raises(ValueError, match="garden"):
        navigation.entry("ui:gallery", label="样本", section="garden")


def test_an_entry_without_a_page_is_left_out_and_reported(registry):
    navigation.entry("nowhere:at_all", label="无", section="work")
    assert navigation.menu(ALICE, "/") == []
    assert check_navigation(None) == [Error("navigation entry 'nowhere:at_all' has no page", id="ui.E001")]


def test_search_asks_every_provider_and_keeps_the_limit(registry):
    @search.provider("sites", label="站点")
    def sites(actor, text, limit):
        return [search.Hit(f"{text}{i}", "", "/") for i in range(50)]

    search.provider("people", label="人员")(lambda actor, text, limit: [])
    [(label, hits)] = search.find(ALICE, "  渤海\x00 ", 3)
    assert label == "站点" and [hit.title for hit in hits] == ["渤海0", "渤海1", "渤海2"]


def test_a_blank_search_asks_nobody(registry):
    search.provider("boom", label="x")(lambda actor, text, limit: 1 / 0)
    assert search.find(ALICE, " \x00 ") == []


def test_headers_allow_only_our_own_files():
    response = SecurityHeadersMiddleware(lambda request: HttpResponse())(RequestFactory().get("/"))
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_an_anonymous_page_has_a_frame_too():
    frame = frame_of(RequestFactory().get("/a/?b=1"))
    assert (frame.signed_in, frame.name, frame.posts, frame.sections, frame.here) == (False, "", [], [], "/a/?b=1")


def test_the_current_post_is_marked():
    request = RequestFactory().get("/")
    request.actor, request.seats = ALICE, [SimpleNamespace(post=6, label="甲"), SimpleNamespace(post=7, label="乙")]
    assert frame_of(request).post == "乙"


def test_large_print_is_remembered_and_leads_back():
    response = display(RequestFactory().post("/ui/display/", {"size": "large", "next": "/sites/?x=1"}))
    assert response.cookies["weimin_size"].value == "large" and response["Location"] == "/sites/?x=1"


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "sites", ""])
def test_display_never_leads_to_another_site(wanted):
    assert display(RequestFactory().post("/", {"next": wanted}))["Location"] == "/"


def test_an_odd_size_changes_nothing():
    assert not display(RequestFactory().post("/", {"size": '"><script>'})).cookies


def test_the_language_is_remembered_only_when_known():
    assert language(RequestFactory().post("/", {"language": "en"})).cookies["django_language"].value == "en"
    assert not language(RequestFactory().post("/", {"language": "xx"})).cookies


def test_the_sheet_is_packed_and_kept_for_a_year():
    response = stylesheet(RequestFactory().get("/", headers={"accept-encoding": "gzip"}), "abc")
    assert response["Content-Encoding"] == "gzip" and "immutable" in response["Cache-Control"]
    assert len(response.content) < 7_500


def test_sheet_and_scripts_leave_room_for_the_page_in_25_kilobytes():
    scripts = [finders.find("django_htmx/htmx-4.min.js"), finders.find("ui/app.js")]
    packed = [len(gzip.compress(Path(path).read_bytes(), 9)) for path in scripts]
    assert sum(packed) + len(packed_stylesheet()) < 22_400


def test_squeezing_keeps_strings_and_selectors():
    css = '/* x */ .a :focus,\n.b > i { content: "（ : }"; margin : 0 4px }\n@media (max-width: 9px) { .c { color: red; } }'
    assert squeeze(css) == '.a :focus,.b>i{content:"（ : }";margin :0 4px}@media (max-width: 9px){.c{color:red}}'


@pytest.mark.parametrize("new", [":has(", "@layer", "@container", "color-mix", "oklch", "dvh", "light-dark", "popover", "&"])
def test_the_sheet_stays_on_the_floor_of_chromium_90(new):
    assert new not in stylesheet_text()
