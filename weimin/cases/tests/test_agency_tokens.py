"""The QR code of a receipt: it opens one case, cannot be made up, and says nothing of the person."""

import pytest

from weimin.cases.tests.builders import make_case
from weimin.cases.tokens import case_of_token, mandate_of_token, progress_path, progress_token
from weimin.walls.actor import system_actor
from weimin.walls.errors import NotVisible
from weimin.walls.session import entered

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(jurisdiction, places):
    with entered(system_actor()):
        yield make_case(places.village, "review")


@pytest.mark.req("S7")
def test_the_token_of_a_receipt_opens_its_case(case):
    token = progress_token(case)
    assert case_of_token(system_actor(), token) == case
    assert (len(token) < 30, progress_path(case)) == (True, f"/public/500242000000/progress/?receipt={token}")


@pytest.mark.parametrize("spoil", [lambda t: "", lambda t: t[:-1], lambda t: t + "A", lambda t: "1" + t, lambda t: t[:-1] + ("A" if t[-1] != "A" else "B"),
                                   lambda t: "zzzzzzzzzzzz" + t[t.index("-") :], lambda t: "'; --"])  # fmt: skip
def test_a_token_that_was_not_signed_here_opens_nothing(case, spoil):
    with pytest.raises(NotVisible):
        case_of_token(system_actor(), spoil(progress_token(case)))


def test_a_receipt_is_no_slip(case):
    with pytest.raises(NotVisible):
        mandate_of_token(system_actor(), progress_token(case))


def test_a_token_of_another_jurisdiction_opens_nothing(case, monkeypatch):
    token = progress_token(case)
    monkeypatch.setattr("weimin.cases.tokens.here", lambda: type("Tenant", (), {"code": 341221203000}))
    with pytest.raises(NotVisible):
        case_of_token(system_actor(), token)
