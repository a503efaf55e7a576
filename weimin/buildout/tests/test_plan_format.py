"""docs/plan-format.md is complete and its example is a plan."""

import pytest

from weimin.buildout.plan.read import read_plan
from weimin.buildout.plan.reference import reference
from weimin.buildout.tests.plan_builders import ROOT, plan_of, text_of

pytestmark = pytest.mark.req("N2")


def test_the_reference_in_the_document_is_that_of_the_schema():
    assert (ROOT / "docs/plan-format.md").read_text(encoding="utf-8").endswith(reference())


def test_the_example_in_the_document_is_the_third_plan_and_can_be_read():
    document = (ROOT / "docs/plan-format.md").read_text(encoding="utf-8")
    example = document.split("```yaml\n")[1].split("```")[0]
    assert example == text_of("third")
    assert read_plan(example) == plan_of("third")
