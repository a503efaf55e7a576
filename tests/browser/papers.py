"""Files that people of a story upload, and what came down to them, opened."""

from __future__ import annotations

import io
from typing import Any

from docx import Document

from weimin.demonstration.files import document_bytes, picture_bytes

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def photo(name: str = "result") -> dict[str, Any]:
    return {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": picture_bytes(name)}


def paper(title: str) -> dict[str, Any]:
    return {"name": f"{title}.docx", "mimeType": DOCX, "buffer": document_bytes(title)}


def words_of_docx(content: bytes) -> str:
    """Everything that is written in a docx, tables too."""
    opened = Document(io.BytesIO(content))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in opened.paragraphs), *cells])


def pages_of_pdf(content: bytes) -> int:
    """How many pages a PDF says it has; 0 when it is none."""
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-1024:]:
        return 0
    return content.count(b"/Type /Page\n") + content.count(b"/Type/Page\n") + content.count(b"/Type /Page ") + content.count(b"/Type/Page/")
