"""What a post sees of an identifier without giving a reason: by kind and role (H-64, table in `data/masking.yaml`)."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

KINDS = ("name", "id_number", "phone", "bank_account", "address")
FULL, PARTIAL, BRIEF, HIDDEN = "full", "partial", "brief", "hidden"
PUBLIC = "public"
TABLE = Path(__file__).parent / "data" / "masking.yaml"
SHOWN = {  # (kind, form) -> characters kept at the front and at the end
    ("id_number", PARTIAL): (6, 4),
    ("id_number", BRIEF): (3, 2),
    ("phone", PARTIAL): (3, 4),
    ("phone", BRIEF): (0, 4),
    ("bank_account", PARTIAL): (0, 4),
    ("bank_account", BRIEF): (0, 4),
}
GROUP = re.compile(r".*?(?:村|社区|居委会)(?:.*?(?:组|社|屯))?")  # text: data


@cache
def table() -> dict[str, dict[str, str]]:
    content = YAML(typ="safe").load(TABLE.read_text("utf-8"))
    return {"": content["default"], **content["roles"]}


def mask(kind: str, text: str, role: str = "") -> str:
    """An identifier as this role may see it. Unknown roles get the default; unknown kinds are a KeyError."""
    return masked(kind, text, form_for(kind, role))


def form_for(kind: str, role: str) -> str:
    """In which form a role sees an identifier, for whoever masks a whole column."""
    return table().get(role, table()[""])[kind]


def masked(kind: str, text: str, form: str) -> str:
    """An identifier in a form: full, partial, brief (公示: ID number 3 + 2) or hidden."""
    clean = text.strip()
    if form == FULL or not clean:
        return clean
    if form == HIDDEN:
        return "***"
    if kind == "name":
        return mask_name(clean)
    if kind == "address":
        return mask_address(clean)
    return _middle(clean, *SHOWN[kind, form])


def mask_name(name: str) -> str:
    """张三 becomes 张*, 张小三 becomes 张*三, 欧阳小三 becomes 欧**三."""
    if len(name) <= 2:
        return name[0] + "*"
    return name[0] + "*" * (len(name) - 2) + name[-1]


def mask_address(address: str) -> str:
    """To the village or its group; house numbers go. Nothing of an address that names no village."""
    found = GROUP.match(address)
    return found.group() + "***" if found else "***"


def _middle(text: str, front: int, end: int) -> str:
    hidden = len(text) - front - end
    if hidden < 4:  # too short to be a real one: keep the end only
        keep = min(2, len(text) // 3)
        return "*" * (len(text) - keep) + text[len(text) - keep :]
    return text[:front] + "****" + text[len(text) - end :] if end else text[:front] + "****"
