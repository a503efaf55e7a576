"""Chinese on an English page is marked as Chinese, and nothing else changes (WCAG 3.1.2)."""

import gzip
import time

import pytest

from weimin.ui.language import marked

pytestmark = pytest.mark.req("X12")
ZH = '<bdi lang="zh-CN">{}</bdi>'.format


@pytest.mark.parametrize(("page", "becomes"), [
    ("<p>包家村</p>", f"<p>{ZH('包家村')}</p>"),
    ("<p>Visit to 包家村, 龙潭镇 today</p>", f"<p><bdi>Visit to {ZH('包家村')}, {ZH('龙潭镇')} today</bdi></p>"),
    ("<p>龙潭镇 · 包家村</p>", f"<p>{ZH('龙潭镇 · 包家村')}</p>"),
    ("<p>A <b>高血压</b> b</p>", f"<p>A <b>{ZH('高血压')}</b> b</p>"),
    ("<dt>Basis</dt>：<p>Seen（twice），Basis：国家规范（第三版）。</p>", f"<dt>Basis</dt>: <p><bdi>Seen（twice）, Basis: {ZH('国家规范（第三版）。')}</bdi></p>"),
    ("<p>Seen（twice）；</p>", "<p>Seen (twice); </p>"),
    ('<option value="1">包家村</option>', '<option lang="zh-CN" value="1">包家村</option>'),
    ("<title>包家村</title><textarea>包家村</textarea><svg><text>包家村</text></svg>", "<title>包家村</title><textarea>包家村</textarea><svg><text>包家村</text></svg>"),
    ('<p title="包家村">Village</p><script>"<p>村</p>"</script>', '<p title="包家村">Village</p><script>"<p>村</p>"</script>'),
])  # fmt: skip
def test_texts_and_options_are_marked_and_what_holds_no_elements_is_not(page, becomes):
    assert marked(page) == becomes


def test_only_an_english_page_is_marked(client, jurisdiction, places):
    chinese, english = (client.get(f"/public/{places.county}/", headers={"accept-language": language}).content.decode() for language in ("zh-hans", "en"))
    assert "<bdi" not in chinese and '<bdi lang="zh-CN">' in english


def test_a_packed_page_is_marked_and_packed_again(client, jurisdiction, places):
    address, english = f"/public/{places.county}/guide/", {"accept-language": "en"}
    plain = client.get(address, headers=english).content
    packed = client.get(address, headers={**english, "accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip" and int(packed["Content-Length"]) == len(packed.content) < len(plain)
    assert b'<bdi lang="zh-CN">' in gzip.decompress(packed.content)


def test_a_page_without_chinese_costs_next_to_nothing():
    page = "<tr><td>Follow-up visit</td><td>2026-11-23</td></tr>" * 4000
    began = time.perf_counter()
    assert marked(page) == page
    assert time.perf_counter() - began < 0.25
