# text: data
"""Who keeps the centre going: posts and who took them up, volunteers with hours and a proof, leave and a swap, the queue of the last days, who missed a booking."""

from __future__ import annotations

from datetime import date, timedelta

from weimin.demonstration.building import made
from weimin.demonstration.stage import Stage
from weimin.demonstration.town import Town
from weimin.reception.models import Duty, Window
from weimin.reception.slots import open_slots
from weimin.sites.models import Site
from weimin.staffing.models import Activity, Holding
from weimin.walls.session import entered

# name, duties, for whom, (who, as what)
POSTS = [
    ("便民代办岗", "上门收件、代办、送达\n每周走访行动不便的老人", ["elected", "hired"], [("吴德江", "elected"), ("任小芳", "hired")]),
    ("政策宣传岗", "宣讲惠民政策\n收集群众意见", ["party", "retired"], [("龚世贵", "party"), ("陈维新", "retired")]),
    ("关爱帮扶岗", "结对照看独居老人\n帮老人用手机办事", ["volunteer"], [("杨晓兰", "volunteer"), ("罗明月", "volunteer"), ("覃建国", "volunteer")]),
]
# name, what was done, days ago, from, to
ACTIVITIES = [
    ("重阳节上门理发", "给村里 80 岁以上老人上门理发、打扫卫生", 40, "09:00", "12:00"),
    ("医保缴费手把手", "在服务中心教老人用手机缴纳城乡居民医保", 19, "08:30", "11:30"),
    ("赶场天便民引导", "赶场天在大厅引导取号、照看老人和小孩", 6, "09:00", "12:00"),
]
PASSERS = [("livelihood", ""), ("civil", "elderly"), ("livelihood", ""), ("civil", ""), ("party", "")]
BOOKED_BEFORE = [("任家敏", "15400001211", "4023"), ("覃世英", "15400001212", "1025")]


def man(stage: Stage, town: Town) -> None:
    fill_posts(stage, town)
    serve_as_volunteers(stage, town)
    change_duties(stage, town)
    token = {
        "name": "大厅自助取号机（演示）", "fixed": ["catalogue:read"], "actions": "reception.take_ticket\nreception.check_in",
        "expires_on": (stage.today + timedelta(days=300)).isoformat(),
    }  # fmt: skip
    stage.act(town.window, "api.give_token", token, 20, target=stage.seats[town.window].post.pk)


def fill_posts(stage: Stage, town: Town) -> None:
    """Elected members and hired workers first, then those who serve without pay."""
    number = 0
    for name, duties, capacities, people in POSTS:
        post = made(
            stage.act(town.township, "staffing.set_up_post", {"name": name, "duties": duties, "places": "4", "capacities": capacities}, 165, target=town.site)
        )
        for who, capacity in people:
            number += 1
            starts_on = stage.moment(150 - number).date().isoformat()
            phone = f"154001{town.township[1] // 1000 % 100:02d}{number:03d}"
            facts = {"name": who, "phone": phone, "capacity": capacity, "starts_on": starts_on, "pledge": "按时到岗，热情服务，不收一分钱。"}
            stage.act(town.township, "staffing.take_up_post", facts, 150 - number, target=post)


def volunteers(stage: Stage, town: Town) -> list[int]:
    with entered(stage.whole):
        return list(Holding.objects.filter(post__site=town.site, capacity="volunteer").order_by("pk").values_list("worker_id", flat=True))


def serve_as_volunteers(stage: Stage, town: Town) -> None:
    """Hours within ten working days; one proof for a student. The latest activity still waits for the hours of one person."""
    people = volunteers(stage, town)
    unit = "村（社区）志愿服务队"
    for number, (name, content, days_ago, first, last) in enumerate(ACTIVITIES):
        on = (stage.moment(days_ago - 1).date() - timedelta(days=1)).isoformat()  # the day before it is entered, also when that is a rest day
        facts = {"name": name, "content": content, "on": on, "starts": first, "ends": last, "place": "便民服务中心", "unit": unit, "leader": "龚世贵"}
        stage.act(town.township, "staffing.enter_activity", facts, days_ago - 1, target=town.site)
        with entered(stage.whole):
            activity = Activity.objects.filter(site=town.site).latest("pk")
        came = people if number == 0 else people[:2]
        hours = {"workers": [str(pk) for pk in came], "starts": first, "ends": last, "evaluation": "耐心细致", "late_reason": ""}
        stage.act(town.township, "staffing.record_hours", hours, days_ago - 1, target=activity.pk)
    until = stage.moment(2).date()
    proof = {"starts_on": (until - timedelta(days=60)).isoformat(), "ends_on": until.isoformat(), "unit": unit, "purpose_of_use": "升学"}
    stage.act(town.township, "staffing.issue_proof", proof, 2, target=people[0])


def change_duties(stage: Stage, town: Town) -> None:
    """Somebody is away for two days of next week, another stands in; two others want to change a half-day."""
    monday = stage.today + timedelta(days=7 - stage.today.weekday())
    with entered(stage.whole):
        rows = list(Duty.objects.filter(window__site=town.site, on__gte=monday, worker__isnull=False).order_by("on", "half", "window").select_related("worker"))
        seated = list(dict.fromkeys(row.worker_id for row in rows))
    leave = {
        "worker": str(seated[0]), "stand_in": str(seated[-1]), "starts_on": monday.isoformat(), "ends_on": (monday + timedelta(days=1)).isoformat(),
        "reason": "参加县里业务培训",
    }  # fmt: skip
    stage.act(town.township, "reception.record_leave", leave, 0, target=town.site)
    mine = next(row for row in rows if row.worker_id == seated[1])
    theirs = next(row for row in rows if row.worker_id == seated[2] and row.on > mine.on)
    stage.act(town.window, "reception.propose_swap", {"theirs": str(theirs.pk), "reason": "家里老人看病"}, 0, target=mine.pk)


def days_before(stage: Stage, town: Town) -> None:
    """A working day of last week in full: people who came, one who had booked, one who had and did not come."""
    with entered(stage.whole):
        site = Site.objects.get(pk=town.site)
        windows = list(Window.objects.filter(site=site, state="open").order_by("number"))
        slots = open_slots(stage.whole, site, windows[0], None, stage.moment(10), online=False)
    day = next(on for on in (stage.moment(number).date() for number in range(5, 40)) if on < stage.moment(1).date())
    slot = next((row for row in slots if row.on == day), None)
    if slot is not None:
        book_before(stage, town, slot.key, day)
    number = (stage.today - day).days
    for group, priority in PASSERS:
        stage.act(town.window, "reception.take_ticket", {"group": group, "priority": priority}, number, target=town.site)
    for window in windows[:2] * 2:
        ticket = made(stage.act(town.window, "reception.call_next", {}, number, target=window.pk))
        for step in ("reception.start", "reception.finish"):
            stage.act(town.window, step, {}, number, target=ticket)
    stage.act(town.window, "reception.close_day", {}, 1, target=town.site)


def book_before(stage: Stage, town: Town, slot: str, day: date) -> None:
    for number, (name, phone, last) in enumerate(BOOKED_BEFORE):
        data = {"slot": slot, "item_code": "", "name": name, "phone": phone, "id_last_four": last, "by_phone": "on"}
        booking = made(stage.act(town.window, "reception.book", data, 10, target=town.site))
        if number == 0:
            stage.act(town.window, "reception.check_in", {"id_last_four": last}, (stage.today - day).days, target=booking)
