# text: data
"""A kindergarten of 德城 in the demonstration: some days of reports, a cluster of 手足口病, an outbreak that is being dealt with; another of last month is closed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from weimin.calendars.queries import calendar_for
from weimin.demonstration.stage import ZONE, Stage
from weimin.epidemics.models import Alert, Group, Measure, Outbreak, Place
from weimin.regions.rules import township_of
from weimin.residents.models import Resident
from weimin.walls.session import entered

NAME = "新湖中心幼儿园"
CLASSES = "大一班 32\n中一班 30\n小一班 28"
FIRST = "小一班"
DINNER = 33  # days ago
DONE = {
    "health": "已逐户核实，采样送检，每天电话问一次健康状况。",
    "community": "已走访 4 户，清扫消毒聚餐场所。",
    "family": "病人居家休息到症状消失后 72 小时。",
}
EARLIER = timedelta(hours=10)  # before any moment of the same working day


def prevent(stage: Stage, village: int) -> None:
    """The whole story, on the last working days."""
    days = working_days(stage, 6)
    teacher, clerk = ("school", village), ("village", village)
    stage.enter("school", village, "保健老师", NAME, says="每天报告各班缺勤和症状，一分钟报完", place=NAME)
    if clerk not in stage.seats:
        stage.enter("village", village, "社区居委会卫生委员", "居民委员会")
    last_month(stage, village)
    place, group = open_school(stage, village, days[5])
    for day, rash in ((days[4], "1"), (days[3], "2")):
        report(stage, teacher, group, day, absent=rash, ill=rash, rash=rash)
        stage.act(teacher, "epidemics.report_rest", {}, ago(stage, day), target=place)
    patients = children(stage, village)
    fill_card(stage, village, patients[0], days[2], report_it=True)
    control(stage, village, place, days)
    report(stage, teacher, group, days[0], absent="3", ill="3", rash="1")
    fill_card(stage, village, patients[1], days[0], report_it=False)
    told = {"on": days[1].isoformat(), "sick": "1", "symptoms": ["fever", "rash"], "village": str(village), "group": str(group)}
    stage.act(clerk, "epidemics.report_family", told, ago(stage, days[1]))


def last_month(stage: Stage, village: int) -> None:
    """Families fell ill after a dinner together: reported, verified, dealt with, no new case for the days of observation, closed."""
    institution, on = ("institution", township_of(village)), stage.moment(DINNER).date()
    told = {"on": on.isoformat(), "sick": "6", "symptoms": ["vomiting", "diarrhoea"], "village": str(village), "note": "社区聚餐后两天内"}
    stage.act(("village", village), "epidemics.report_family", told, DINNER)
    with entered(stage.whole):
        vomiting, other = Alert.objects.filter(region=village, place=None).order_by("pk")
    stage.act(institution, "epidemics.verify_alert", {"finding": "入户核实 6 人呕吐腹泻，都参加了聚餐，便样诺如病毒阳性。"}, DINNER, target=vomiting.pk)
    stage.act(institution, "epidemics.dismiss_alert", {"reason": "和同一天的呕吐预警是同一批人，一并处置。"}, DINNER, target=other.pk)
    opening = {"disease": "norovirus", "name": "社区聚餐诺如病毒感染", "first_on": (on - timedelta(days=1)).isoformat()}
    stage.act(institution, "epidemics.open_outbreak", opening, DINNER, target=vomiting.pk)
    fill_card(stage, village, grown_up(stage, village), on, report_it=True, disease="norovirus", crowd="worker", school="", class_name="")
    with entered(stage.whole):
        outbreak = Outbreak.objects.get(region=village, disease="norovirus")
        owed = list(Measure.objects.filter(outbreak=outbreak).order_by("pk"))
    for measure in owed:
        stage.act(institution, "epidemics.do_measure", {"note": DONE[measure.party]}, DINNER, target=measure.pk)
    said = "聚餐凉菜加工人员带病操作引起，病人均已康复，观察期内没有新病例；已培训加工人员并消毒餐厅。"
    stage.act(institution, "epidemics.close_outbreak", {"conclusion": said}, DINNER - 10, target=outbreak.pk)


def working_days(stage: Stage, number: int) -> list[date]:
    """The last working days, today first when it is one."""
    calendar, found, day = calendar_for(stage.jurisdiction.code), list[date](), stage.today
    while len(found) < number:
        if calendar.is_working(day):
            found.append(day)
        day -= timedelta(days=1)
    return found


def ago(stage: Stage, day: date) -> int:
    return (stage.today - day).days


def open_school(stage: Stage, village: int, day: date) -> tuple[int, int]:
    """The kindergarten with its reporter: its number and that of the class where it begins."""
    institution = ("institution", township_of(village))
    facts = {"kind": "kindergarten", "name": NAME, "address": "新湖大街", "contact": "保健室", "classes": CLASSES}
    stage.act(institution, "epidemics.register_place", {**facts, "place": str(village)}, ago(stage, day))
    with entered(stage.whole):
        place = Place.objects.get(region=village, name=NAME)
        group = Group.objects.get(place=place, name=FIRST)
    reporter = {"reporter": str(stage.seats["school", village].actor.person)}
    stage.act(institution, "epidemics.correct_place", facts | reporter, ago(stage, day), target=place.pk)
    return place.pk, group.pk


def report(stage: Stage, teacher: tuple[str, int], group: int, day: date, **figures: str) -> None:
    data = {"on": day.isoformat(), "expected": "28", **figures}
    stage.act(teacher, "epidemics.report_day", data, ago(stage, day), target=group)


def children(stage: Stage, village: int) -> list[Resident]:
    """The youngest residents of the community."""
    with entered(stage.whole):
        return list(Resident.objects.filter(region=village, status="living").order_by("-birth_on", "pk")[:2])


def grown_up(stage: Stage, village: int) -> Resident:
    with entered(stage.whole):
        return Resident.objects.filter(region=village, status="living", birth_on__lt=date(stage.today.year - 30, 1, 1)).order_by("-birth_on", "pk")[0]


def fill_card(stage: Stage, village: int, child: Resident, day: date, *, report_it: bool, **over: str) -> None:
    """A card of the doctor's, reported three hours later or still to be reported."""
    doctor, diagnosed = ("doctor", village), stage.moment(ago(stage, day)).astimezone(ZONE) - EARLIER
    data: dict[str, Any] = {
        "resident": str(child.pk), "name": child.name, "gender": child.gender, "birth_on": child.birth_on.isoformat(), "guardian": "家长", "phone": "13800001234",
        "address": child.address or "社区内", "village": str(village), "crowd": "nursery", "school": NAME, "class_name": FIRST, "disease": "hand_foot_mouth",
        "kind": "clinical", "onset_on": (diagnosed.date() - timedelta(days=1)).isoformat(), **two_fields("diagnosed", diagnosed), **over,
    }  # fmt: skip
    card = stage.act(doctor, "epidemics.fill_card", data, ago(stage, day))
    if report_it:
        sent = {**two_fields("reported", diagnosed + timedelta(hours=3)), "national_number": "371402-0001"}
        stage.act(doctor, "epidemics.report_card", sent, ago(stage, day), target=card.subject_id)


def two_fields(name: str, at: datetime) -> dict[str, str]:
    return {f"{name}_on": at.date().isoformat(), f"{name}_time": f"{at:%H:%M}"}


def control(stage: Stage, village: int, place: int, days: list[date]) -> None:
    """The alert is verified, an outbreak opened, contacts written down; the kindergarten has disinfected."""
    institution, day = ("institution", township_of(village)), ago(stage, days[1])
    with entered(stage.whole):
        alert = Alert.objects.get(place=place, group__isnull=False, of="rash")
    stage.act(institution, "epidemics.verify_alert", {"finding": "到园查看 3 名幼儿，手、足、口腔有疱疹，临床诊断手足口病。"}, day, target=alert.pk)
    opening = {"disease": "hand_foot_mouth", "name": "", "first_on": alert.first_on.isoformat()}
    stage.act(institution, "epidemics.open_outbreak", opening, day, target=alert.pk)
    with entered(stage.whole):
        outbreak = Outbreak.objects.get(place=place)
        disinfect, investigate = (Measure.objects.filter(outbreak=outbreak, party=party).order_by("pk")[0] for party in ("school", "health"))
    near = {"people": "王一鸣 同班\n李子涵 同班\n张欣怡 邻居", "last_contact_on": days[3].isoformat()}
    stage.act(institution, "epidemics.add_contacts", near, day, target=outbreak.pk)
    stage.act(("school", village), "epidemics.do_measure", {"note": "教室、玩具、餐具已消毒，每天开窗三次。"}, day, target=disinfect.pk)
    stage.act(institution, "epidemics.do_measure", {"note": "已到园做个案调查，采集咽拭子 3 份送检。"}, day, target=investigate.pk)
