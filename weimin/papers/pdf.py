"""A paper as PDF, set by typst: about 0.1 s for the first paper of a process, milliseconds for the next ones."""

import json
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from threading import Lock

import typst
from django.conf import settings

from weimin.papers.content import Paper
from weimin.papers.tree import as_tree

TEMPLATE = Path(__file__).parent / "data" / "paper.typ"
PACKAGED = Path(__file__).resolve().parents[2] / "node_modules" / "@expo-google-fonts"
# Only the weights in use: the packages hold nine of 14 MB each.
PACKAGED_FOLDERS = ("noto-serif-sc/400Regular", "noto-serif-sc/600SemiBold", "noto-serif-sc/700Bold",
                    "noto-sans-sc/400Regular", "noto-sans-sc/700Bold")  # fmt: skip
# The office's licensed fonts first (they are not free), then what every installation has.
FANG = ("FangSong_GB2312", "FangSong", "STFangsong", "FandolFang R", "FandolFang", "Noto Serif SC", "Noto Serif CJK SC")
KAI = ("KaiTi_GB2312", "KaiTi", "STKaiti", "FandolKai", "Noto Serif SC", "Noto Serif CJK SC")
HEI = ("SimHei", "STHeiti", "Noto Sans SC", "Noto Sans CJK SC")
XIAOBIAOSONG = ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "Noto Serif SC", "Noto Serif CJK SC")
SONG = ("SimSun", "Noto Serif SC", "Noto Serif CJK SC")

_lock = Lock()  # one compiler holds one document at a time


def font_paths() -> list[str]:
    """Folders with fonts: the office's own (setting FONT_PATHS), then those of the npm packages."""
    own = [Path(path) for path in getattr(settings, "FONT_PATHS", ())]
    return [str(path) for path in [*own, *(PACKAGED / name for name in PACKAGED_FOLDERS)] if path.is_dir()]


def office_fonts(marks: str) -> list[str]:
    """Names from the setting OFFICE_FONTS for one face, told by the characters of that face in the name."""
    return [name for name in getattr(settings, "OFFICE_FONTS", ()) if any(mark in name.lower() for mark in marks.split())]


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True, font_paths=font_paths())


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(font_paths=_fonts(), root=str(TEMPLATE.parent))


@cache
def _font_choice() -> str:
    present = set(_fonts().families())

    def chosen(names: tuple[str, ...]) -> list[str]:
        return [name for name in names if name in present]

    def weight(names: tuple[str, ...], free: str) -> str:
        """A licensed face is drawn as it must look; the free stand-in needs a weight to stand apart from the text."""
        found = chosen(names)
        return free if found and found[0].startswith("Noto") else "regular"

    fang, kai = (*office_fonts("仿宋 fang"), *FANG), (*office_fonts("楷 kai"), *KAI)  # text: data
    hei, song = (*office_fonts("黑 hei"), *HEI), (*office_fonts("标宋 biaosong"), *XIAOBIAOSONG)  # text: data
    return json.dumps(
        {
            "fang": chosen(fang), "kai": chosen(kai), "hei": chosen(hei), "song": chosen(song),
            "digits": chosen(SONG), "song_weight": weight(song, "bold"),
            "kai_weight": weight(kai, "semibold"), "hei_weight": "regular",
        }
    )  # fmt: skip


def missing_fonts() -> list[str]:
    """Which of the standard's four faces the machine lacks, so that a free one stands in (for `weimin check`)."""
    present = set(_fonts().families())
    faces = {"仿宋": FANG, "小标宋": XIAOBIAOSONG, "楷体": KAI, "黑体": HEI}  # text: data
    return [face for face, names in faces.items() if not present & {n for n in names if not n.startswith("Noto")}]


def to_pdf(paper: Paper) -> bytes:
    """The paper as a tagged PDF. The same paper gives the same bytes: its own day is the day of making.

    Raises pictures.PictureRefused when a picture in it is none.
    """
    inputs = {"paper": json.dumps(as_tree(paper), ensure_ascii=False), "fonts": _font_choice()}
    made_at = datetime.combine(paper.signed_on or date(2026, 1, 1), time(), tzinfo=UTC)
    with _lock:
        content = _compiler().compile(str(TEMPLATE), sys_inputs=inputs, format="pdf", timestamp=made_at)
    assert isinstance(content, bytes)  # without an output file, a PDF is one piece of bytes
    return content
