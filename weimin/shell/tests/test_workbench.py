"""The workbench shows what the post has to do, and costs the same with many steps."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from weimin.actions.act import act
from weimin.cases.tests.builders import make_case
from weimin.flows.models import Step
from weimin.flows.tests.builders import make_step
from weimin.messages.models import Message
from weimin.shell.queries import list_quick
from weimin.walls.actor import system_actor
from weimin.walls.session import entered


@pytest.mark.req("X2")
def test_the_workbench_lists_the_steps_of_the_post_with_lamp_words_and_place(jurisdiction: Any, client_as: Any, places: Any) -> None:
    make_step(places.village, timezone.now(), title="渤海社区站点备案")
    page = client_as("village", places.village).get("/").content.decode()
    assert "渤海社区站点备案" in page and 'class="lamp green"' in page


@pytest.mark.req("X2")
def test_steps_of_another_village_are_not_on_the_workbench(jurisdiction: Any, client_as: Any, places: Any) -> None:
    make_step(places.other_village, timezone.now(), title="别村的事")
    assert "别村的事" not in client_as("village", places.village).get("/").content.decode()


def test_anonymous_people_are_sent_to_sign_in(jurisdiction: Any, client: Any) -> None:
    for path in ("/", "/todo.xlsx", "/search/?q=酉阳", "/guide/", "/help/", "/about/"):
        answer = client.get(path)
        assert answer.status_code == 302 and answer["Location"].startswith("/sign-in/")


@pytest.mark.req("X1")
def test_whom_a_case_is_about_stays_behind_the_wall_of_purpose(jurisdiction: Any, client_as: Any, places: Any) -> None:
    """A leader sees that something waits where; finance, partners and leaders never whose welfare it is."""
    with entered(system_actor()):
        case = make_case(places.village, "review", applicant_name="谢光祥")
    for role, place in (("finance", places.county), ("leader", places.county), ("partner", places.township)):
        client = client_as(role, place)
        shown = [client.get(address).content.decode() for address in ("/?tab=team", "/?tab=team&q=谢光祥", "/search/?q=谢光祥")]
        assert not any("（谢光祥）" in page or case.item_name in page or f"/cases/{case.pk}/" in page for page in shown)
        assert ("办件：" in shown[0], "办件：" in shown[1]) == (True, False)
        rows = load_workbook(BytesIO(client.get("/todo.xlsx?tab=team").content)).active.values
        assert not any("谢光祥" in str(value) for row in rows for value in row)
    assert "（谢光祥）" in client_as("window", places.township).get("/?tab=team").content.decode()


def test_urging_names_nobody_to_a_post_that_may_not_know(jurisdiction: Any, client_as: Any, places: Any) -> None:
    with entered(system_actor()):
        make_case(places.village, "review", applicant_name="谢光祥")
        step = Step.objects.get(closed_at=None)
    client = client_as("leader", places.county)
    page = client.get(f"/act/flows.urge/{step.pk}/").content.decode()
    sent = client.post("/todo/bulk/", {"action": "flows.watch", "row": [str(step.pk)], "key": "k" * 32}).content.decode()
    assert "谢光祥" not in page + sent and "办件：" in sent
    with entered(system_actor()):
        assert "谢光祥" in Step.objects.get(pk=step.pk).title


def test_the_level_above_is_not_told_whom_it_is_about_where_it_may_not_know(jurisdiction: Any, actor: Any, places: Any) -> None:
    with entered(system_actor()):
        make_case(places.village, "review", applicant_name="谢光祥")
        step = Step.objects.get(closed_at=None)
        Step.objects.filter(pk=step.pk).update(role="lead_office", urged_count=1)
    act(actor("supervisor", places.county), "flows.urge", {"note": "谢光祥催了几次"}, "k", target=step.pk)
    with entered(system_actor()):
        told = {row.role: row.text for row in Message.objects.exclude(role="")}
    assert ("（谢光祥）" in told["lead_office"], "谢光祥" in told["leader"], "办件：" in told["leader"]) == (True, False, True)


@pytest.mark.parametrize(
    ("role", "first"),
    [
        ("doctor", ["今日随访", "健康档案", "为居民转诊", "填传染病报告卡", "登记家庭报告"]), ("institution", ["今日随访", "健康档案", "为居民转诊", "填传染病报告卡"]),
        ("hospital", ["健康档案", "为居民转诊", "填传染病报告卡"]), ("health_bureau", ["机构比较", "健康指标"]),
    ],
)  # fmt: skip
def test_health_posts_begin_with_what_they_do_every_day(jurisdiction: Any, actor: Any, places: Any, role: str, first: list[str]) -> None:
    assert [str(label) for label, _url in list_quick(actor(role, places.village))][: len(first)] == first
