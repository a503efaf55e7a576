# text: data
"""The application form (申请表) of an item, made from its implementation list: empty, or filled in as an example. In Chinese.

Where the state or the province has a form of its own, that form goes before this one; the paper says so itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from weimin.catalogue.content import ItemContent, Material
from weimin.catalogue.models import ItemVersion
from weimin.catalogue.papers import number_of
from weimin.catalogue.saying import form_words
from weimin.catalogue.vocabulary import REACH, WINDOWS
from weimin.papers.content import Block, Bold, Heading, KeyValues, PageBreak, Paper, Paragraph, Signature, Signatures, Table

OPEN, TICKED = "□", "☑"
PRESCRIBED = Paragraph("国家或者省里规定了统一表样的，以规定的表样为准；这张表用来备齐内容。", indent=False)
INVENTED = Paragraph((Bold("示例"), "：表里的人、号码、地址和日期都是编的，只用来说明怎么填，请不要照抄。"), indent=False)


@dataclass(frozen=True)
class Hand:
    """Who fills the form in: nobody yet (every value a gap), or the invented people of the example."""

    example: bool = False

    def fill(self, value: str) -> str:
        return value if self.example else ""

    def signed(self, role: str, name: str) -> Signature:
        return Signature(role, name, date(2026, 3, 2)) if self.example else Signature(role)

    def tick(self, words: Sequence[str], chosen: int = 0) -> str:
        """□已交　□后补; in the example the chosen one is ticked."""
        return "　".join((TICKED if self.example and place == chosen else OPEN) + word for place, word in enumerate(words))


def title_of(content: ItemContent) -> str:
    """The name under which the list asks for the form (最低生活保障申请表), else 〈item〉申请表."""
    named = (row.blank for row in content.materials if row.blank and any(word in row.blank for word in ("申请", "申报", "登记", "声明")))
    return next(named, f"{content.name}申请表")


def blank(version: ItemVersion, place: str) -> Paper:
    """空白表: to be printed and filled in by hand, or typed into as docx."""
    return form_of(version, place, Hand())


def example(version: ItemVersion, place: str) -> Paper:
    """示例: the same form filled in, every page of it marked."""
    return form_of(version, place, Hand(example=True))


def form_of(version: ItemVersion, place: str, hand: Hand) -> Paper:
    content = version.content
    title = title_of(content)
    blocks: list[Block] = [INVENTED] if hand.example else []
    blocks += [*applicant(content, hand), *matter(content, hand), *(agent(content, hand) if content.agent_allowed else [])]
    blocks += [*declaration(content, hand), *papers_to_tick(content, hand), *office(), PRESCRIBED]  # the signature stays on the first page
    for row in content.materials:
        if row.blank and row.blank != title:
            blocks += sheet(row, hand)
    blocks += promise(content, hand)
    marked = f"{title}（示例）" if hand.example else title
    return Paper(
        title=marked, kind="申请表", layout="record", number=number_of(version), blocks=tuple(blocks), footer=f"{place}　示例" if hand.example else place
    )


def applicant(content: ItemContent, hand: Hand) -> list[Block]:
    """The person, the unit, or both where both may apply."""
    blocks: list[Block] = []
    if "person" in content.audience:
        born = "1944年3月7日" if "elderly" in content.groups else "1985年3月7日"
        pairs = [("姓名", "王示例"), ("性别", "女"), ("出生日期", born), ("联系电话", "13800000000"), ("身份证件号码", "0" * 18)]
        pairs += [("户籍地址", "示例乡示例村一组1号"), ("现住址", "示例乡示例村一组1号"), ("文书送达", hand.tick(("自取", "邮寄", "电子")))]
        blocks += [Heading("申请人"), filled(pairs, hand)]
    if set(content.audience) - {"person"}:
        pairs = [("名称", "示例种植专业合作社"), ("统一社会信用代码", "0" * 18), ("负责人", "王示例"), ("证件号码", "0" * 18)]
        pairs += [("住所", "示例乡示例村2号"), ("联系电话", "13800000000")]
        blocks += [Heading("申请单位（单位申请的填）" if "person" in content.audience else "申请单位"), filled(pairs, hand)]
    return blocks


def filled(pairs: Sequence[tuple[str, str]], hand: Hand) -> KeyValues:
    """Labels with their values, or with room to write; boxes to tick are there either way."""
    return KeyValues(tuple((label, value if OPEN in value else hand.fill(value)) for label, value in pairs), columns=2)


def matter(content: ItemContent, hand: Hand) -> list[Block]:
    """What is applied for: known from the list, but for the reason."""
    known = (("事项名称", content.name), ("事项编码", content.code), ("窗口", str(WINDOWS[content.window])), ("通办范围", str(REACH[content.reach])))
    reason = hand.fill(f"符合受理条件（{content.who_may}），申请办理{content.name}。具体情况：这里写清自己的情况，一两句话就行。")
    return [Heading("申请事项"), KeyValues(known, columns=2), KeyValues((("申请理由", reason or "\n\n\n"),), columns=1)]


def agent(content: ItemContent, hand: Hand) -> list[Block]:
    pairs = [("代办人姓名", "李示例"), ("联系电话", "13800000001"), ("证件号码", "0" * 18), ("双方关系", "子女")]
    pairs += [("委托事项", f"代为提交、补正{content.name}的材料，代领结果"), ("委托期限", "2026年3月2日至2026年6月1日")]
    return [Heading("代办人（委托别人办的填）"), filled(pairs, hand)]


def papers_to_tick(content: ItemContent, hand: Hand) -> list[Block]:
    """Every paper with its boxes; a paper that data replaces, that may follow or that not everybody needs has a box for that too."""
    if not content.materials:
        return [Heading("申请材料"), Paragraph("不用提交材料。")]
    rows = tuple((str(number), row.name, form_words(row), boxes(row, hand)) for number, row in enumerate(content.materials, 1))
    return [
        Heading("申请材料（交了哪样在哪样前打√）"),
        Table(("序号", "材料", "形式和份数", "打√"), rows, (1.1, 6.2, 3.4, 5.3), ("center", "left", "left", "left")),
    ]


def boxes(row: Material, hand: Hand) -> str:
    """□已交 □免交 □后补 □不需要: what may be said of this paper. The example takes the mildest that is allowed."""
    words = ["已交"] + ["免交"] * bool(row.shared) + ["后补"] * row.deferrable + ["不需要"] * (not row.required)
    return hand.tick(words, len(words) - 1)


def declaration(content: ItemContent, hand: Hand) -> list[Block]:
    said = "本人（本单位）承诺：填的内容和交的材料真实、准确、完整；知道受理条件和不予办理的情形；内容不实的，愿意承担法律责任，退回不该享受的待遇。"
    shared = list(dict.fromkeys(row.shared for row in content.materials if row.shared))
    blocks: list[Block] = [Heading("承诺和签名"), Paragraph(said)]
    if shared:
        blocks.append(Paragraph(f"同意办理机关只为办这件事查询下列信息，查得到的不再交材料：{'、'.join(shared)}。"))
    people = [hand.signed("申请人（签名或盖章）", "王示例")] + ([hand.signed("代办人（签名）", "李示例")] if content.agent_allowed else [])
    return [*blocks, Signatures(tuple(people))]


def office() -> list[Block]:
    """For the window: empty in the example too, for residents do not fill it in."""
    verdict = Hand().tick(("受理", "容缺受理", "补正"))
    return [Heading("收件情况（由窗口填）"), KeyValues((("受理编号", ""), ("收件日期", ""), ("收件人", ""), ("收件意见", verdict)), columns=2)]


def sheet(row: Material, hand: Hand) -> list[Block]:
    """A further form that the list asks for under a name of its own (承诺书, 照护书), on a page of its own."""
    about = hand.fill(f"这里写明“{row.name}”要说的事：什么人、什么时候、在哪里、什么情况。")
    people = (("姓名（名称）", hand.fill("王示例")), ("证件号码", hand.fill("0" * 18)))
    room = KeyValues((("内容", about or "\n\n\n\n\n\n\n\n"),), columns=1)
    note = [Paragraph(row.note)] if row.note else []
    return [PageBreak(), Heading(row.blank, numbered=False), KeyValues(people), *note, room, Signatures((hand.signed("申请人（签名或盖章）", "王示例"),))]


def promise(content: ItemContent, hand: Hand) -> list[Block]:
    """容缺受理承诺书 (C-18): which papers follow and by when; absent where every paper must be there at once."""
    later = [row for row in content.materials if row.deferrable]
    if not later:
        return []
    said = "本人申请办理的事项基本条件具备、主要材料齐全，下列次要材料暂缺，本人承诺按期补齐。本人知晓：逾期没有补齐的，本次申请视为撤回，需要时可以重新申请。"
    rows = tuple((str(number), row.name, hand.tick(("暂缺",)), hand.fill("2026年3月16日")) for number, row in enumerate(later, 1))
    table = Table(("序号", "材料", "打√", "补交日期"), rows, (1.1, 7.9, 2.6, 4.4), ("center", "left", "left", "left"))
    return [
        PageBreak(),
        Heading("容缺受理承诺书（材料暂缺的填）", numbered=False),
        Paragraph(said),
        table,
        Signatures((hand.signed("承诺人（签名或盖章）", "王示例"),)),
    ]
