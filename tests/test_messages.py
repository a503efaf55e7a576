"""tools/messages.py: what it extracts, keeps, complains about and compiles."""

import gettext
from pathlib import Path

import polib
import pytest

from tools.message_catalogues import catalogue_path, placeholders
from tools.message_sources import eager_texts, extract_file, stray_python, stray_template
from tools.messages import check, main

ROOT = Path(__file__).resolve().parent.parent

PYTHON = '''"""文档。"""
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
A = _("站点")
B = ngettext("%d 个站点", "%d 个站点", 3)
C = pgettext("门牌", "号")
'''
TEMPLATE = """{% load i18n %}
    <h1>{% translate "方案" %}</h1>
  {% blocktranslate with n=x trimmed %}
     共 {{ n }} 项
  {% endblocktranslate %}
{% blocktranslate count c=d %}{{ c }} 人{% plural %}{{ c }} 人们{% endblocktranslate %}{{ y|default:_("无") }}
"""


@pytest.fixture
def package(tmp_path):
    root = tmp_path / "weimin"
    for room in ("sites", "people"):
        (root / room / "templates" / room).mkdir(parents=True)
        (root / room / "__init__.py").write_text("")
    (root / "sites" / "views.py").write_text(PYTHON)
    return root


def catalogue(package, room="sites"):
    return polib.pofile(str(catalogue_path(package, room)))


def fill(package, texts, room="sites"):
    found = catalogue(package, room)
    for entry in found:
        entry.msgstr = texts.get(entry.msgid, "") if not entry.msgid_plural else ""
        if entry.msgid_plural:
            entry.msgstr_plural = {0: texts[entry.msgid], 1: texts[entry.msgid] + "s"}
    found.save()


ENGLISH = {"站点": "Site", "%d 个站点": "%d site", "号": "No."}


def test_python_texts_are_found_with_plural_and_context(package):
    found = [(text.context, text.msgid, text.plural) for text in extract_file(package / "sites" / "views.py")]
    assert found == [(None, "站点", ""), (None, "%d 个站点", "%d 个站点"), ("门牌", "号", "")]


def test_template_texts_are_found_whatever_the_margin(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(TEMPLATE)
    assert [(text.msgid, text.plural) for text in extract_file(path)] == [
        ("方案", ""), ("共 %(n)s 项", ""), ("%(c)s 人", "%(c)s 人们"), ("无", "")
    ]  # fmt: skip


def test_a_complete_room_passes(package):
    main([], package)
    fill(package, ENGLISH)
    assert check(package) == [] and main(["--check"], package) == 0


def test_missing_english_fails_and_is_named(package, capsys):
    main([], package)
    assert main(["--check"], package) == 1
    assert "weimin/sites/locale: no English: '站点' (weimin/sites/views.py)" in capsys.readouterr().out


def test_translations_stay_and_texts_no_longer_used_go(package):
    main([], package)
    fill(package, ENGLISH)
    (package / "sites" / "views.py").write_text('_("站点")\n_("方案")\n')
    main([], package)
    assert {entry.msgid: entry.msgstr for entry in catalogue(package)} == {"站点": "Site", "方案": ""}


def test_the_same_text_of_another_room_is_taken_over(package):
    main([], package)
    fill(package, ENGLISH)
    (package / "people" / "views.py").write_text('_("站点")\n')
    main([], package)
    assert [entry.msgstr for entry in catalogue(package, "people")] == ["Site"]


def test_fuzzy_english_is_no_english(package):
    main([], package)
    fill(package, ENGLISH)
    found = catalogue(package)
    found[0].flags.append("fuzzy")
    found.save()
    assert check(package) == ["weimin/sites/locale: the English is marked fuzzy: '站点' (weimin/sites/views.py)"]


def test_other_placeholders_are_a_fault(package):
    (package / "sites" / "views.py").write_text('_("还差 %(sum)s 元")\n')
    main([], package)
    fill(package, {"还差 %(sum)s 元": "%(amount)s yuan short"})
    [fault] = check(package)
    assert "other placeholders" in fault


def test_one_text_with_two_englishes_is_a_fault(package):
    (package / "people" / "views.py").write_text('_("站点")\n')
    main([], package)
    fill(package, ENGLISH)
    fill(package, {"站点": "Station"}, "people")
    [fault] = check(package)
    assert "several Englishes" in fault and "'Site' in sites" in fault and "'Station' in people" in fault


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("%(a)s 和 {b}", {"a", "b"}),
        ("%d 个，100%% 完成", {"%d"}),
        ("{at:%H:%M}", {"at"}),
        ("没有", set()),
        ("占 85%", set()),
    ],
)
def test_placeholders_are_known_by_name(text, names):
    assert placeholders(text) == names


def test_chinese_outside_gettext_is_reported_but_not_docstrings_and_marked_data(tmp_path):
    path = tmp_path / "a.py"
    path.write_text('"""文档"""\nA = _("好")\nB = "坏"\nC = _(f"坏{A}")\n')
    assert list(stray_python(path)) == [(4, "f-string inside gettext is never found"), (3, "坏")]


def test_a_mark_excuses_a_line_or_a_file(package):
    (package / "people" / "rules.py").write_text('A = "汉字"  # text: data\n')
    (package / "people" / "seeds.py").write_text('# text: data\nA = "汉字"\n')
    (package / "people" / "views.py").write_text('A = "汉字"\n')
    faults = [fault for fault in check(package) if "/people/" in fault]
    assert faults == ["weimin/people/views.py:1: not in gettext: 汉字"]


def test_chinese_in_templates_is_reported_in_text_and_arguments(tmp_path):
    path = tmp_path / "a.html"
    path.write_text('{# 注释 #}<p>裸字</p>\n{% kpi "待办" 3 %}{{ a|default:"无" }}{% kpi _("好") %}{% translate "好" %}{% comment %}好{% endcomment %}')
    assert list(stray_template(path)) == [(1, "<p>裸字</p>"), (2, '"待办"'), (2, '"无"')]


def test_compiled_catalogues_can_be_read(package):
    main([], package)
    fill(package, ENGLISH)
    assert main(["--compile"], package) == 0
    with catalogue_path(package, "sites").with_suffix(".mo").open("rb") as file:
        read = gettext.GNUTranslations(file)
    assert read.gettext("站点") == "Site" and read.ngettext("%d 个站点", "%d 个站点", 2) == "%d sites"


def test_no_text_is_translated_before_anybody_has_chosen_a_language():
    """A module's own `gettext(...)` runs once, at import, and stays Chinese for everybody: it has to be lazy."""
    found = [f"{path.relative_to(ROOT)}:{line}" for path in ROOT.glob("weimin/**/*.py") for line in eager_texts(path)]
    assert found == []


def test_an_eager_text_of_a_module_is_seen(tmp_path):
    path = tmp_path / "a.py"
    path.write_text('from django.utils.translation import gettext as _\nA = [_("站点")]\ndef f():\n    return _("站点")\n')
    assert list(eager_texts(path)) == [2]
