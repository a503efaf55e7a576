"""A name that a template gives in one block is not known in another: the link that uses it there leads nowhere, without an error."""

import re
from pathlib import Path

import weimin

HOUSE = Path(weimin.__file__).parent
BLOCK = re.compile(r"{% block (\w+) %}(.*?)(?={% block |\Z)", re.S)
NAMED = re.compile(r" as (\w+) %}")


def strayed(text: str) -> set[str]:
    """Names that one block gives and another uses without giving them itself."""
    blocks = BLOCK.findall(text)
    given = {(block, name) for block, body in blocks for name in NAMED.findall(body)}
    used = [(block, name) for block, body in blocks for giver, name in given if giver != block and re.search(rf"[ =:{{]{name}\b(?! %}})", body)]
    return {name for block, name in used if (block, name) not in given}


def test_no_page_uses_in_one_block_what_another_one_named():
    pages = {str(path.relative_to(HOUSE)): strayed(path.read_text()) for path in HOUSE.glob("*/templates/**/*.html")}
    assert {page: names for page, names in pages.items() if names} == {}


def test_such_a_name_would_be_found():
    assert strayed("{% block a %}{% url 'x' as link %}{% endblock %}{% block b %}{{ link }}{% endblock %}") == {"link"}
    assert strayed("{% block a %}{% url 'x' as link %}{{ link }}{% endblock %}{% block b %}{% url 'x' as link %}{{ link }}{% endblock %}") == set()
