"""A paper as docx. The setting is `docx_paper`, which is loaded with the first paper: python-docx is slow to import."""

from weimin.papers.content import Paper
from weimin.walls.later import Later

_setting = Later("weimin.papers.docx_paper")


def to_docx(paper: Paper) -> bytes:
    """The paper as the bytes of a .docx file. Raises pictures.PictureRefused when a picture in it is none."""
    content: bytes = _setting.to_docx(paper)
    return content
