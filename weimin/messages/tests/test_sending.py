import json

import pytest
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy

from weimin.messages.backends import DeliveryFailed, signature
from weimin.messages.jobs import deliver_due
from weimin.messages.models import Attempt, Message, Outbox
from weimin.messages.queries import delivery_log, inbox, line_of, unread_count
from weimin.messages.sending import send, send_outside
from weimin.messages.wording import register_template, words
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

TOWNSHIP, VILLAGE, OTHER = 500242101000, 500242101200, 500242102200
SYSTEM = system_actor()


class Failing:
    """A receiver that is down."""

    def deliver(self, number, address, text, url, now):
        raise DeliveryFailed("网关超时")


class Refusing:
    """A receiver that knows the number is wrong."""

    def deliver(self, number, address, text, url, now):
        raise DeliveryFailed("号码不存在", final=True)


def tell(to, now, **over):
    given = {"region": VILLAGE, "text": "请在今天办理", "url": "/flows/", **over}
    with entered(SYSTEM):
        return send(to, given.pop("region"), given.pop("text"), given.pop("url"), now, **given)


def outbox():
    with entered(SYSTEM):
        return list(Outbox.objects.order_by("pk"))


def seen_by(actor):
    with entered(actor):
        return [message.text for message in inbox(actor)]


def test_a_resident_is_told_by_sms_and_no_list_shows_it(jurisdiction, actor, now):
    desk = actor("township", TOWNSHIP)
    with entered(SYSTEM):
        send_outside("13912345678", VILLAGE, "您的办件已办结", "/public/", now)
    assert [(row.channel, row.address, row.state) for row in outbox()] == [("sms", "13912345678", "pending")]
    assert seen_by(desk) == []


@pytest.mark.req("X8")
def test_a_person_and_nobody_else_gets_a_message(jurisdiction, actor, now):
    zhang, li = actor("township", TOWNSHIP), actor("township", TOWNSHIP, "李四")
    tell(zhang.person, now)
    assert (seen_by(zhang), seen_by(li)) == (["请在今天办理"], [])


def test_a_desk_gets_a_message_within_its_range_only(jurisdiction, actor, now):
    desk, other, lead = actor("township", TOWNSHIP), actor("township", 500242102000), actor("lead_office", 500242000000)
    tell("township", now)
    assert (seen_by(desk), seen_by(other), seen_by(lead)) == (["请在今天办理"], [], [])


def test_the_bell_counts_what_is_unread_and_stops_at_a_hundred(jurisdiction, actor, now):
    zhang = actor("township", TOWNSHIP)
    with entered(SYSTEM):
        rows = [Message(region=VILLAGE, person_id=zhang.person, text=str(n), created_at=now) for n in range(120)]
        Message.objects.bulk_create(rows)
    with entered(zhang):
        assert unread_count(zhang) == 100
        inbox(zhang).update(read_at=now)
        assert unread_count(zhang) == 0


def test_each_channel_has_its_outbox_row(jurisdiction, now, settings):
    settings.MESSAGE_WEBHOOK = "https://example.invalid/hook"
    tell("township", now, channels=("in_app", "sms", "webhook"))
    assert [(row.channel, row.state, row.address) for row in outbox()] == [
        ("in_app", "sent", ""), ("sms", "pending", "13800001234"), ("webhook", "pending", "https://example.invalid/hook"),
    ]  # fmt: skip


def test_the_address_is_sealed_in_the_column(jurisdiction, now):
    tell("township", now, channels=("sms",))
    with entered(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT address FROM messages_outbox")
        assert b"13800001234" not in bytes(cursor.fetchone()[0])


def test_a_channel_without_address_says_so(jurisdiction, now):
    tell("township", now, channels=("webhook",))
    assert [(row.state, row.sent_at) for row in outbox()] == [("no_address", None)]


def test_a_message_that_is_rolled_back_leaves_nothing(jurisdiction, now):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell("township", now, channels=("sms",))
        raise ZeroDivisionError
    assert (outbox(), deliver_due(now)["sent"]) == ([], 0)


def test_what_is_due_goes_out_once(jurisdiction, now, outside):
    tell("township", now, channels=("sms",))
    assert (deliver_due(now)["sent"], deliver_due(now)["sent"]) == (1, 0)
    lines = (outside / "j500242" / "sms.jsonl").read_text("utf-8").splitlines()
    assert [(json.loads(line)["phone"], json.loads(line)["text"]) for line in lines] == [("13800001234", "请在今天办理")]
    assert [(row.state, row.sent_at, row.attempts) for row in outbox()] == [("sent", now, 1)]


def test_a_night_sms_waits_until_eight(jurisdiction, now, outside):
    night = now.replace(hour=22)
    tell("township", night, channels=("sms",))
    assert (deliver_due(night)["sent"], outbox()[0].next_at.isoformat()) == (0, "2026-11-24T00:00:00+00:00")
    assert deliver_due(outbox()[0].next_at)["sent"] == 1


def test_an_sms_that_could_not_go_by_day_is_postponed_at_night(jurisdiction, now):
    tell("township", now.replace(hour=20, minute=59), channels=("sms",))
    assert deliver_due(now.replace(hour=21, minute=30)) == {"sent": 0, "retried": 0, "failed": 0, "postponed": 1}
    assert outbox()[0].attempts == 0


@pytest.mark.req("X8")
def test_a_failed_delivery_is_logged_and_tried_until_it_is_given_up(jurisdiction, now, settings):
    settings.MESSAGE_BACKENDS = {"webhook": f"{__name__}.Failing"}
    settings.MESSAGE_WEBHOOK = "https://example.invalid/hook"
    message, moment, results = tell("township", now, channels=("webhook",)), now, []
    while outbox()[0].state == "pending":
        moment = outbox()[0].next_at
        results += [name for name, count in deliver_due(moment).items() if count]
    with entered(SYSTEM):
        log = [(entry.ok, entry.detail) for entry in delivery_log(SYSTEM, message.pk)]
    assert (results, outbox()[0].state, log) == (["retried"] * 5 + ["failed"], "failed", [(False, "网关超时")] * 6)
    assert (moment - now).total_seconds() == (1 + 5 + 30 + 120 + 720) * 60


def test_a_final_refusal_is_not_tried_again(jurisdiction, now, settings):
    settings.MESSAGE_BACKENDS = {"sms": f"{__name__}.Refusing"}
    tell("township", now, channels=("sms",))
    assert (deliver_due(now)["failed"], outbox()[0].state) == (1, "failed")


def test_a_failure_does_not_hold_up_the_next(jurisdiction, now, settings):
    settings.MESSAGE_BACKENDS = {"sms": f"{__name__}.Refusing"}
    settings.MESSAGE_WEBHOOK = "https://example.invalid/hook"
    tell("township", now, channels=("sms", "webhook"))
    assert deliver_due(now) == {"sent": 1, "retried": 0, "failed": 1, "postponed": 0}
    with entered(SYSTEM):
        assert Attempt.objects.count() == 2


def test_a_webhook_body_is_signed(jurisdiction, now, settings, outside):
    settings.MESSAGE_WEBHOOK, settings.MESSAGE_WEBHOOK_SECRET = "https://example.invalid/hook", "shared"
    tell("township", now, channels=("webhook",))
    deliver_due(now)
    call = json.loads((outside / "j500242" / "webhook.jsonl").read_text("utf-8"))
    assert call["headers"]["X-Weimin-Signature"] == "hmac-sm3=" + signature(call["body"].encode(), "shared")
    assert (json.loads(call["body"])["text"], json.loads(call["body"])["url"]) == ("请在今天办理", "/flows/")


def test_a_template_speaks_the_readers_language_and_chinese_outside(jurisdiction, now, outside):
    register_template("test.due", gettext_lazy("今天到期"), channels=("in_app", "sms"))
    with translation.override("en"):
        message = tell("township", now, text="", template="test.due")
        assert (message.text, line_of(message).words) == ("今天到期", "Due today")


def test_a_template_fills_in_its_parameters(jurisdiction, now):
    register_template("test.urge", "“%(title)s”%(days)d 天后到期")
    message = tell("township", now, text="", template="test.urge", parameters={"title": "备案", "days": 3})
    assert (message.text, words("gone", {}, "原文")) == ("“备案”3 天后到期", "原文")


@pytest.mark.parametrize(
    "over",
    [{"text": ""}, {"url": "https://elsewhere.invalid"}, {"url": "//elsewhere.invalid"}, {"channels": ("pigeon",)}],
)
def test_what_a_programmer_got_wrong_is_refused(jurisdiction, now, over):
    with pytest.raises(ValueError, match="message|channel"):
        tell("township", now, **over)
    assert outbox() == []


def test_an_unknown_role_is_refused(jurisdiction, now):
    with pytest.raises(ValueError, match="postman"):
        tell("postman", now)
