"""The forms of the standard for who reads English (X12)."""

from __future__ import annotations

import pytest
from django.utils import translation

from weimin.epidemics.diseases import every_name, laws
from weimin.epidemics.parameters import every_measure
from weimin.epidemics.tests.builders import make_card, make_measure, make_outbreak
from weimin.examinations.rules_form import items as examined
from weimin.examinations.tests.builders import make_examination
from weimin.health.bounds import every_bound
from weimin.health.joining import forms as printed_forms
from weimin.health.parameters import every_parameter
from weimin.health.rules_personal import asked
from weimin.health.rules_self_care import items as self_care
from weimin.health.rules_visit import visit_form
from weimin.health.standard_words import choices_of, english, in_words, listed_in_words
from weimin.health.tests.builders import make_care, make_record
from weimin.institutions.tables import schemes, standards
from weimin.institutions.tests.builders import make_inspected

VILLAGE = 500242101200
GRADES = [words for number, said in ((1, "一"), (2, "二"), (3, "三")) for words in (f"{number} 级", f"{number}级", f"{said}级", f"高血压 {number} 级")]
pytestmark = pytest.mark.req("X12")


def words_of_the_forms():
    for one in (*asked(), *visit_form()):
        yield from (one.label, one.help, *one.codes.values())
    for level in self_care():
        yield from (level.label, level.about, *level.levels.values())
    for item in examined().values():
        yield from (item.section, item.label, item.unit, item.help, *item.codes.values())
    yield from every_name().values()
    yield from (measure.text for measure in every_measure())
    for standard in standards():
        yield from (words for item in standard.items for words in (item.label, item.short))
        yield from (outcome.text for outcome in standard.outcomes)
    for scheme in schemes():
        yield from (words for one in scheme.criteria for words in (one.label, one.unit, one.unit.strip()))
    yield from words_of_the_parameters()
    yield from (form.label for form in printed_forms())
    yield from GRADES


def words_of_the_parameters():
    """Where their figures come from, and the labels of the bounds."""
    yield from (version.source for one in every_parameter().values() for version in one.shipped)
    yield from (words for bound in every_bound().values() for words in (bound.label, bound.unit))
    yield from (words for law in laws() for words in (law.law, law.limits.basis))


def is_chinese(text):
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def test_every_word_of_the_forms_has_its_english_and_no_other_has():
    wanted = {words for words in words_of_the_forms() if is_chinese(words)}
    assert wanted == set(english()) and all(said.strip() for said in english().values())


def test_codes_that_differ_still_differ_in_english():
    for one in (*asked(), *visit_form(), *examined().values()):
        with translation.override("en"):
            said = [words for _code, words in choices_of(one.codes)]
        assert len(said) == len(set(said)), one.key


def test_several_codes_and_units_are_read_one_by_one():
    assert (in_words("头痛"), listed_in_words("头痛、头晕")) == ("头痛", "头痛、头晕")
    with translation.override("en"):
        assert [listed_in_words(text) for text in ("头痛、头晕", "72 次/分", "17.4 mmol/L", "随便写的")] == [
            "Headache, Dizziness",
            "72 /min",
            "17.4 mmol/L",
            "随便写的",
        ]


def test_the_pages_of_a_doctor_are_english_for_who_reads_english(everywhere, client_as):
    record = make_record(VILLAGE)
    make_care(record)
    row = make_examination(record, findings={"symptoms": ["2", "3"]})
    client = client_as("doctor", VILLAGE)
    client.cookies["django_language"] = "en"
    page = client.get(f"/act/health.record_visit/{record.pk}/").content.decode()
    assert "Taking medicine" in page and "服药情况" not in page
    page = client.get(f"/act/examinations.record/{record.pk}/").content.decode()
    assert "Left systolic" in page and "Chronic cough" in page and "慢性咳嗽" not in page
    page = client.get(f"/examinations/{row.pk}/").content.decode()
    assert "Headache, Dizziness" in page and "头痛" not in page


def test_diseases_and_measures_are_english_for_who_reads_english(everywhere, client_as):
    owed = every_measure()[0].text
    outbreak = make_outbreak(None, VILLAGE)
    make_measure(outbreak, "health", text=owed)
    card = make_card(VILLAGE)
    client = client_as("health_bureau", VILLAGE // 10**6 * 10**6)
    assert owed in client.get(f"/epidemics/outbreaks/{outbreak.pk}/").content.decode()
    client.cookies["django_language"] = "en"
    page = client.get(f"/epidemics/outbreaks/{outbreak.pk}/").content.decode()
    assert "Go there, investigate each case" in page and owed not in page and "Hand, foot and mouth disease" in page
    doctor = client_as("doctor", VILLAGE)
    doctor.cookies["django_language"] = "en"
    for address in (f"/epidemics/cards/{card.pk}/", "/epidemics/cards/", "/act/epidemics.fill_card/"):
        page = doctor.get(address).content.decode()
        assert "Hand, foot and mouth disease" in page and ">手足口病" not in page, address


def test_items_of_the_unified_standard_are_english_for_who_reads_english(everywhere, client_as):
    inspection = make_inspected(VILLAGE, "passed")
    client = client_as("health_bureau", VILLAGE // 10**6 * 10**6)
    client.cookies["django_language"] = "en"
    for address in (f"/institutions/inspections/{inspection.pk}/", f"/institutions/{inspection.institution_id}/"):
        page = client.get(address).content.decode()
        assert "Unified rules, on the wall" in page and "规章制度" not in page, address
    page = client.get(f"/institutions/{inspection.institution_id}/stars/").content.decode()
    assert "Residents with a health record" in page and "建档率" not in page
