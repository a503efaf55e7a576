import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import schema_context

from weimin.actions.act import act
from weimin.messages.models import Message
from weimin.messages.sending import send
from weimin.walls.actor import system_actor
from weimin.walls.errors import NotVisible
from weimin.walls.session import entered

TOWNSHIP, VILLAGE = 500242101000, 500242101200
SYSTEM = system_actor()


def tell(to, now, text="请办理"):
    with entered(SYSTEM):
        return send(to, VILLAGE, text, "/flows/", now)


def read_by(message):
    with schema_context("j500242"), entered(SYSTEM):
        message.refresh_from_db()
        return message.read_at, message.read_by_id


def test_a_message_is_marked_read_once_by_its_reader(jurisdiction, actor, now):
    zhang, li = actor("township", TOWNSHIP), actor("township", TOWNSHIP, "李四")
    message = tell("township", now)
    act(zhang, "messages.mark_read", {}, "k1", target=message.pk, now=now)
    act(li, "messages.mark_read", {}, "k2", target=message.pk, now=now.replace(hour=11))
    assert read_by(message) == (now, zhang.person)


def test_another_person_s_message_is_not_found(jurisdiction, actor, now):
    zhang, li = actor("township", TOWNSHIP), actor("township", TOWNSHIP, "李四")
    message = tell(zhang.person, now)
    with pytest.raises(NotVisible):
        act(li, "messages.mark_read", {}, "k1", target=message.pk, now=now)
    assert read_by(message) == (None, None)


def test_all_of_one_s_messages_and_no_other_s_are_marked_read(jurisdiction, actor, now):
    zhang, li = actor("township", TOWNSHIP), actor("township", TOWNSHIP, "李四")
    mine, desk, other = tell(zhang.person, now), tell("township", now), tell(li.person, now)
    receipt = act(zhang, "messages.mark_all_read", {}, "k1", now=now)
    assert (receipt.message, read_by(mine)[0], read_by(desk)[0], read_by(other)[0]) == (
        "已将 2 条消息标为已读",
        now,
        now,
        None,
    )


@pytest.mark.req("X8")
def test_the_page_lists_one_s_messages_newest_first(jurisdiction, client_as, now):
    client = client_as("township", TOWNSHIP)
    person = client.post_row.person_id
    tell(person, now, "早的"), tell(person, now.replace(hour=11), "晚的")
    page = client.get("/messages/")
    assert [line.words for line in page.context["lines"]] == ["晚的", "早的"]
    assert (page.status_code, page.content.decode().count("标为已读")) == (200, 4)  # the head, two rows, all


def test_the_unread_filter_leaves_out_what_was_read(jurisdiction, client_as, now):
    client = client_as("township", TOWNSHIP)
    first, _second = tell(client.post_row.person, now, "读过"), tell(client.post_row.person, now, "没读")
    with entered(SYSTEM):
        Message.objects.filter(pk=first.pk).update(read_at=now)
    assert [line.words for line in client.get("/messages/?show=unread").context["lines"]] == ["没读"]


def test_an_empty_page_says_what_will_come(jurisdiction, client_as):
    page = client_as("township", TOWNSHIP).get("/messages/").content.decode()
    assert "还没有消息" in page


def test_the_button_marks_as_read_and_comes_back(jurisdiction, client_as, now):
    client = client_as("township", TOWNSHIP)
    message = tell(client.post_row.person, now)
    answer = client.post(f"/act/messages.mark_read/{message.pk}/", {"key": "k1", "next": "/messages/"})
    assert (answer.status_code, answer["Location"], read_by(message)[1]) == (
        302,
        "/messages/",
        client.post_row.person_id,
    )


def test_the_page_asks_twice_for_any_number_of_messages(jurisdiction, client_as, now):
    """Once for the rows, once for the bell; the rest of a page's queries are the frame's."""
    client = client_as("township", TOWNSHIP)
    for number in range(25):
        tell(client.post_row.person, now, f"第 {number} 条")
    with CaptureQueriesContext(connection) as queries:
        client.get("/messages/")
    assert sum('"messages_message"' in query["sql"] for query in queries) == 2
