import pytest

from weimin.accounts.models import Post, SignIn
from weimin.accounts.tests.builders import make_person, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(jurisdiction, settings):
    """A demonstration jurisdiction with one card."""
    settings.DEMONSTRATION = True
    post = Post.objects.get(person=make_person(role="auditor", region=500242000000))
    jurisdiction.demonstration = True
    jurisdiction.cards = [{"post": post.pk, "name": "张三", "role": "auditor", "title": "审计员", "place": "酉阳县", "says": "看留痕"}]
    jurisdiction.save()
    return {"post": post.pk, "jurisdiction": jurisdiction.code}


def test_the_sign_in_page_has_a_card_for_each_post(card):
    page = visitor().get("/sign-in/").content.decode()
    assert "以张三进入" in page and "看留痕" in page


def test_one_click_enters_without_password_or_second_factor(card):
    client = visitor()
    answer = client.post("/enter/", card)
    assert (answer.status_code, answer["location"]) == (302, "/")
    assert client.session["post"] == card["post"]
    assert SignIn.objects.get().outcome == "demonstration"
    assert client.get("/me/").status_code == 200


def test_on_a_real_installation_nobody_enters_by_a_click(card, settings):
    settings.DEMONSTRATION = False
    client = visitor()
    assert client.post("/enter/", card).status_code == 404
    assert "person" not in client.session
    assert "以张三进入" not in client.get("/sign-in/").content.decode()


def test_a_jurisdiction_with_real_data_is_not_entered_by_a_click(card, jurisdiction):
    jurisdiction.demonstration = False
    jurisdiction.save()
    assert visitor().post("/enter/", card).status_code == 404


def test_a_post_without_a_card_is_not_entered(card):
    other = Post.objects.get(person=make_person("lisi"))
    assert visitor().post("/enter/", card | {"post": other.pk}).status_code == 404


@pytest.mark.parametrize("odd", [{"post": "x"}, {"post": ""}, {"jurisdiction": "1; drop"}, {"post": "9" * 30}])
def test_odd_input_is_missing(card, odd):
    assert visitor().post("/enter/", card | odd).status_code == 404


def test_entering_needs_a_post_request(card):
    assert visitor().get("/enter/").status_code == 405
