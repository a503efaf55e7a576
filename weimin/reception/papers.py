"""The reception's papers: the wall poster, the week's roster, the slip of a ticket, the slip of a booking. Always in Chinese."""

from __future__ import annotations

from typing import Literal

from weimin.papers.content import QR, Big, Block, Bold, Heading, KeyValues, Paper, Paragraph, Table
from weimin.reception.forms.windows import WEEKDAYS
from weimin.reception.hours import local
from weimin.reception.models import Booking, Half, PledgeKind, Ticket
from weimin.reception.queries import Centre
from weimin.reception.roster import Cell, Roster
from weimin.reception.rules import week_runs
from weimin.sites.models import Site

FEW = 6
NOBODY, CLOSED = "空岗", "—"  # text: data
SEEN = ("到哪里办事，几点开门，今天谁值班", "能办哪些事，要带什么", "我的事办到哪一步了", "上个月办了多少，大家怎么评价")  # text: data


def poster(centre: Centre, size: str) -> Paper:
    """What hangs in the hall: hours, windows with their items and who is on duty, duties, promises and rules."""
    blocks: list[Block] = [Heading("开放时间", numbered=False), *hours_lines(centre), Heading("服务窗口", numbered=False)]  # text: data
    for facts in centre.windows:
        blocks.append(Paragraph((Bold(f"{facts.window.number}号　{facts.window.name}"),), indent=False, align="left"))  # text: data
        blocks += items_lines([name for _code, name in facts.items])
    for kind, label in PledgeKind.choices:
        lines = centre.pledges.get(kind, [])
        if lines:
            blocks.append(Heading(str(label), numbered=False))
            blocks += [Paragraph(f"{number}. {pledge_words(row.post, row.text)}", indent=False, align="left") for number, row in enumerate(lines, 1)]
    if centre.site.phone:
        blocks += [Heading("咨询和监督", numbered=False), Paragraph(f"电话：{centre.site.phone}", indent=False, align="left")]  # text: data
    kind = "上墙公示"  # text: data
    return Paper(centre.site.name, tuple(blocks), layout="poster", size="A3" if size == "A3" else "A4", kind=kind, issuer=centre.site.address)


def place_poster(site: Site, place: str, address: str) -> Paper:
    """What hangs at the door: the code of the public page of the village or township, and what to do without a telephone that reads it."""
    ask = f"打电话 {site.phone}，" if site.phone else ""  # text: data
    blocks: list[Block] = [
        QR(address, "手机扫一扫，看这里的公开页", 96),  # text: data
        Heading("扫码能看到", numbered=False),  # text: data
        *[Paragraph(f"· {line}", indent=False, align="left") for line in SEEN],
        Heading("没有智能手机", numbered=False),  # text: data
        Paragraph((Bold(f"{ask}或者到窗口当面问，都一样办。"),), indent=False, align="left"),  # text: data
        Paragraph(f"在电脑上看：{address}", indent=False, align="left"),  # text: data
    ]
    return Paper(place, tuple(blocks), layout="poster", size="A4", columns=1, kind="公开页二维码", issuer=site.name)  # text: data


def items_lines(names: list[str]) -> list[Block]:
    """What a window takes: a few in a sentence, many one to a line, so that one finds one's own from a step away."""
    if len(names) <= FEW:
        return [Paragraph("　　" + "、".join(names), indent=False, align="left")] if names else []  # text: data
    return [Paragraph(f"　{number}. {name}", indent=False, align="left") for number, name in enumerate(names, 1)]  # text: data


def pledge_words(post: str, text: str) -> str:
    return f"{post}：{text}" if post else text  # text: data


def hours_lines(centre: Centre) -> list[Block]:
    """Weekdays with the same hours together: 星期一至星期五 8:30—12:00."""
    runs = week_runs(centre.week)
    return [Paragraph(f"{days_words(first, last)}　{words}", indent=False, align="left") for first, last, words in runs if words]


def days_words(first: int, last: int) -> str:
    return str(WEEKDAYS[first]) if first == last else f"{WEEKDAYS[first]}至{WEEKDAYS[last]}"  # text: data


def cell_words(cell: Cell) -> str:
    if cell.duty is None:
        return NOBODY if cell.open else CLOSED
    name = cell.duty.worker.name if cell.duty.worker else NOBODY
    return f"{name}（替{cell.duty.instead_of.name}）" if cell.duty.instead_of and cell.duty.worker else name  # text: data


def roster_paper(roster: Roster) -> Paper:
    """The week as a table: a line for each window and half, a column for each day."""
    days = [f"{WEEKDAYS[day.on.weekday()]}\n{day.on:%m-%d}" for day in roster.days]
    rows = []
    for line in roster.lines:
        for half, label in Half.choices:
            cells = [cell_words(cell) for cell in line.cells if cell.half == half]
            rows.append((str(line.window) if half == Half.MORNING else "", str(label), *cells))
    across: list[Literal["left", "center", "right"]] = ["center"] * (len(days) + 1)
    table = Table(("窗口", "半天", *days), tuple(rows), widths=(2.4, 0.8, *[1.4] * len(days)), align=("left", *across))  # text: data
    blocks: list[Block] = [table]
    if roster.leaves:
        words = "；".join(f"{row.worker.name} {row.starts_on:%m-%d} 至 {row.ends_on:%m-%d}" for row in roster.leaves)  # text: data
        blocks.append(Paragraph(f"请假：{words}。", indent=False))  # text: data
    title = f"值班表（{roster.monday:%m月%d日}—{roster.sunday:%m月%d日}）"  # text: data
    return Paper(title, tuple(blocks), layout="record", landscape=True, kind="值班表", issuer=roster.site.name)  # text: data


def ticket_slip(ticket: Ticket, ahead: int, minutes: int, address: str) -> Paper:
    """The 80 mm slip: the number in large letters, how many wait before, a QR code to look from afar."""
    blocks: list[Block] = [
        Big(ticket.code),
        KeyValues(
            (
                ("业务", str(ticket.get_group_display())),  # text: data
                ("前面等候", f"{ahead} 人，约 {minutes} 分钟" if ahead else "没有人，请留意叫号"),  # text: data
                ("取号时间", f"{local(ticket.taken_at):%Y-%m-%d %H:%M}"),  # text: data
            ),
            columns=1,
        ),
        QR(address, "扫码看前面还有几人。过号不用重新取号，请告诉窗口。", 22),  # text: data
    ]
    return Paper("排队号", tuple(blocks), layout="record", size="80mm", kind="排队号", issuer=ticket.site.name)  # text: data


def booking_slip(booking: Booking) -> Paper:
    """The 80 mm slip of a booking, with its code."""
    site = booking.window.site
    facts = [
        ("时间", f"{booking.on:%Y-%m-%d} {booking.get_half_display()}"),  # text: data
        ("窗口", str(booking.window)),  # text: data
        ("事项", booking.item_name or "未指定"),  # text: data
        ("地点", site.address or site.name),  # text: data
    ]
    note = "到了先在窗口签到，报预约码和证件号后四位。来不了请提前取消，多次不来会暂停网上预约。"  # text: data
    blocks: list[Block] = [Big(booking.code), KeyValues(tuple(facts), columns=1), Paragraph(note, indent=False, align="left")]
    return Paper("预约单", tuple(blocks), layout="record", size="80mm", kind="预约单", issuer=site.name)  # text: data
