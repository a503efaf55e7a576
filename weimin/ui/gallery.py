"""Invented content for the gallery: every component in every state, in words as real pages have them."""

# text: data

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.http import QueryDict

from weimin.ui.components.charts import Interval, Series
from weimin.ui.components.forms import Level
from weimin.ui.components.maps import Place, Tile
from weimin.ui.components.status import Event, Stage
from weimin.ui.fields import YuanField
from weimin.ui.paging import Page
from weimin.ui.tables import Column
from weimin.ui.widgets import DateParts, RegionSelect, Upload

VILLAGES = [
    ("钟多街道", [(500242001001, "钟灵社区"), (500242001002, "城北社区"), (500242001003, "玉柱社区")]),
    ("龙潭镇", [(500242102201, "龙潭村"), (500242102202, "渤海村"), (500242102203, "花莲村")]),
    ("麻旺镇", [(500242103201, "亮垭村"), (500242103202, "龙坝村")]),
    ("黑水镇", [(500242108201, "大泉村"), (500242108202, "平地坝村"), (500242108203, "马鹿村")]),
]
KEYS = {500242102201: "longtan lt", 500242102202: "bohai bh", 500242103201: "liangya ly", 500242108201: "daquan dq"}
WAYS = [("self", "本人办理"), ("agent", "代办员代办"), ("visit", "上门服务")]
USES = [("buy", "代买"), ("sell", "代卖"), ("parcel", "收发快递"), ("ticket", "订票"), ("pay", "缴费")]


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="站点名称", max_length=20, help_text="村名加“电商服务站”，不超过 20 个字")
    phone = forms.CharField(label="联系电话", widget=forms.TextInput(attrs={"inputmode": "tel"}))
    identity = forms.CharField(
        label="负责人身份证号",
        min_length=18,
        error_messages={"min_length": "身份证号应为 18 位，现在是 %(show_value)d 位"},
    )
    region = forms.TypedChoiceField(
        label="所在村（社区）",
        coerce=int,
        help_text="只列出您管辖范围内的村",
        choices=[("", "请选择"), *VILLAGES],
        widget=RegionSelect(keys=KEYS),
    )
    opens_on = forms.DateField(label="计划开业日期", widget=DateParts, help_text="例如 2026 年 12 月 7 日")
    checked_on = forms.DateField(label="验收日期", required=False)
    money = YuanField(label="补助金额", largest=10_000_000, help_text="重点乡镇 100,000 元，其他乡镇 60,000 元，村级 6,000 元")
    way = forms.ChoiceField(label="办理方式", choices=WAYS, widget=forms.RadioSelect)
    uses = forms.MultipleChoiceField(label="服务内容（可多选）", choices=USES, widget=forms.CheckboxSelectMultiple, required=False)
    area = forms.IntegerField(label="面积（平方米）", required=False, min_value=1)
    photo = forms.FileField(
        label="现场照片",
        required=False,
        widget=Upload(multiple=True),
        help_text="jpg 或 png，每张不超过 20 MB，最多 9 张",
    )
    memo = forms.CharField(label="情况说明", required=False, widget=forms.Textarea)
    told = forms.BooleanField(label="已告知：房租和宽带（每月 68 元）自理", help_text="站点不在公共服务中心内时必须告知")


FILLED = {
    "name": "渤海村电商服务站", "phone": "13800002046", "identity": "50024219900318002", "region": "500242102202",
    "opens_on_year": "2026", "opens_on_month": "13", "opens_on_day": "7", "money": "六千", "way": "agent", "uses": ["buy", "parcel"],
    "memo": "原村小教室，免租三年。",
}  # fmt: skip


def filled_form() -> SampleForm:
    """The same form after a submission with five mistakes."""
    return SampleForm(FILLED, auto_id="bad_%s")


STAGES = [
    Stage("提出", "done", "07-01"), Stage("备案", "done", "07-06"), Stage("建设", "done", "08-20"), Stage("配齐设备", "done", "09-02"),
    Stage("人员培训", "now", "剩 4 天"), Stage("开业"), Stage("验收"), Stage("拨付补助"),
]  # fmt: skip
FAILED = [
    *[Stage(s.label, "done", s.words) for s in STAGES[:4]],
    Stage("验收", "failed", "限 12-10 整改"),
    Stage("拨付补助"),
]
FOUR = [Stage("选择事项", "done"), Stage("填写信息", "now"), Stage("材料清单"), Stage("确认受理", "skipped")]

COLUMNS = [
    Column("时限", "lamp", "lamp"),
    Column("事项", "title", url="url", hint="number", main=True, sort="title"),
    Column("经办人", "person", "person", minor=True),
    Column("所在村", "village", minor=True, sort="village"),
    Column("金额（元）", "fen", "money", minor=True),
    Column("环节", "state", "tag"),
    Column("操作", "act", "action", url="url"),
]


def rows(today: date) -> list[dict[str, Any]]:
    """Steps from overdue to paused, with dates around `today`."""
    made = [
        ("red", "已超期 2 小时", "渤海村服务站验收整改", "张小明", "渤海村", 600_000, ("整改", "bad"), "去整改", 0),
        (
            "yellow",
            "剩 1 个工作日",
            "龙潭镇服务中心设备到货登记",
            "李桂兰",
            "龙潭村",
            10_000_000,
            ("配齐设备", "warn"),
            "登记",
            1,
        ),
        ("green", "剩 4 个工作日", "亮垭村淘帮手面试", "王芳", "亮垭村", None, ("面试", "info"), "办理", 5),
        ("paused", "补正中，已停表 3 天", "大泉村站点备案", "欧阳建国", "大泉村", 600_000, ("补正", "off"), "查看", 9),
        ("none", "", "平地坝村站点选址建议", "陈英", "平地坝村", 0, ("已完成", "ok"), "查看", 20),
    ]
    return [
        {"lamp": {"colour": c, "words": w}, "title": t, "person": p, "village": v, "fen": f, "state": s, "act": a, "url": f"#step-{i}",
         "number": f"YY-2026-{417 + i:04d}，截止 {today + timedelta(days=d):%m-%d}"}
        for i, (c, w, t, p, v, f, s, a, d) in enumerate(made)
    ]  # fmt: skip


TOWNS = [
    ("钟多街道", 98.2, 5), ("桃花源街道", 95.1, 4), ("龙潭镇", 99.0, 5), ("麻旺镇", 88.4, 2), ("酉酬镇", 93.6, 4), ("大溪镇", 79.8, 1),
    ("兴隆镇", 96.7, 5), ("黑水镇", 91.2, 3), ("丁市镇", 97.3, 5), ("龚滩镇", 90.5, 3), ("李溪镇", 94.4, 4), ("泔溪镇", None, 0),
]  # fmt: skip
TILES = [Tile(name, "暂无" if value is None else f"{value}%", level, url=f"#town-{i}") for i, (name, value, level) in enumerate(TOWNS)]
LEGEND = [(1, "低于 80%"), (2, "80–90%"), (3, "90–93%"), (4, "93–96%"), (5, "96% 以上"), (0, "暂无数据")]
WEEKS = [f"{week} 周" for week in range(36, 48)]
TAKEN = Series("受理", [610, 655, 702, 688, 731, 590, 812, 798, 845, 860, 872, 905])
DONE = Series("办结", [580, 640, 680, 670, 702, 600, 770, 765, 812, 840, 845, 880])
SHARE = Series("按时办结率", [91.2, 92, 91.8, 92.6, 93, 93.4, None, 93.9, 94.1, 94.4, 94.2, 94.6])
PLACES = [
    Place(108.770, 28.842, "钟多街道服务中心", "green", "已开业", "#p1"), Place(108.955, 28.688, "龙潭镇服务中心", "green", "已开业", "#p2"),
    Place(108.690, 29.013, "黑水镇服务中心", "yellow", "建设中", "#p3"), Place(108.352, 28.893, "龚滩镇服务中心", "red", "已超期", "#p4"),
    Place(109.023, 28.793, "酉酬镇服务中心", "paused", "未启动", "#p5"), Place(108.930, 28.770, "麻旺镇服务中心", "green", "已开业", "#p6"),
]  # fmt: skip
SPOT_WORDS = {"green": "已开业", "yellow": "建设中", "red": "已超期", "paused": "未启动"}
MONEY_HEADS = ["乡镇", "应拨", "已拨", "结余"]
MONEY = [
    ("龙潭镇（重点）", [10_000_000, 6_000_000, 4_000_000]),
    ("麻旺镇", [6_000_000, 6_000_000, 0]),
    ("黑水镇", [6_000_000, 6_500_050, -500_050]),
]
PROVINCES: dict[int | str, list[tuple[int, str]]] = {
    "": [(50, "重庆市"), (34, "安徽省")],
    50: [(500242, "酉阳土家族苗族自治县")],
    34: [(341221, "临泉县")],
    500242: [(500242102, "龙潭镇"), (500242103, "麻旺镇")],
    341221: [(341221203, "土陂乡")],
}


def levels(query: QueryDict) -> list[Level]:
    """Province, county, township of the cascade as far as they are chosen."""
    found: list[Level] = []
    parent: int | str | None = ""
    for name, label in (("province", "省"), ("county", "县"), ("town", "乡镇")):
        choices = PROVINCES.get(parent, []) if parent is not None else []
        chosen = next((code for code, _name in choices if str(code) == query.get(name)), None)
        found.append(Level(name, label, choices, chosen))
        parent = chosen
    return found


def events(now: datetime) -> list[Event]:
    return [
        Event(
            now - timedelta(hours=3),
            "验收未通过，限期整改",
            "王秀兰 · 牵头部门",
            "缺宣传栏，网线未通",
            kind="bad",
            url="#e1",
        ),
        Event(now - timedelta(days=2), "更正站点名称", "李桂兰 · 龙潭镇", changes=[("名称", "渤海站", "渤海村电商服务站")]),
        Event(now - timedelta(days=9), "完成培训", "张小明 · 电商合伙人", kind="ok"),
    ]


def context(today: date, query: QueryDict) -> dict[str, Any]:
    """What the gallery templates show."""
    noon = datetime(today.year, today.month, today.day, 12)
    return {
        "form": SampleForm(auto_id="new_%s"), "bad_form": filled_form(), "stages": STAGES, "failed": FAILED, "four": FOUR,
        "columns": COLUMNS, "rows": rows(today), "page": Page(rows(today), "", "eyJ4IjoxfQ"), "middle": Page(rows(today), "a", "b"),
        "tabs": [("", "全部", 12), ("soon", "快到期", 3), ("late", "已超期", 1), ("agent", "代办", None)],
        "tiles": TILES, "legend": LEGEND, "weeks": WEEKS, "two": [TAKEN, DONE], "share": [SHARE], "places": PLACES, "spot_words": SPOT_WORDS,
        "spans": [
            Interval("新湖中心", 74.2, 68.0, 79.6, "#span", "明显好于全区"), Interval("天衢中心", 58.3, 50.1, 66.0, "#span"), Interval("永庆站", 40.0, 22.7, 61.1, "#span", "人数少", True),
            Interval("运河中心", None, 0, 100, "#span", "没有数据"),
        ],
        "ranking": [(name, value, f"#town-{i}") for i, (name, value, _level) in enumerate(TOWNS[:6])],
        "money_heads": MONEY_HEADS, "money": MONEY, "levels": levels(query), "events": events(noon), "today": today, "noon": noon,
        "facts": [("站点编号", "YY-LT-002"), ("负责人", "张*明"), ("面积", "42 平方米"), ("电话", "138****2046"), ("验收结论", "")],
        "codes": ["400", "403", "404", "409", "422", "500"], "trend": [3, 5, 4, 8, 9, 14, 20],
        "option": {"xAxis": {"type": "category", "data": WEEKS}, "yAxis": {"type": "value"}, "legend": {}, "tooltip": {"trigger": "axis"},
                   "series": [{"name": one.name, "type": "bar", "data": one.values} for one in (TAKEN, DONE)]},
    }  # fmt: skip
