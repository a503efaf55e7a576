"""The error report: the same file back, bad cells red with a comment. `marking_book` writes it and is loaded with the first one."""

from weimin.sheets.trial import Report
from weimin.walls.later import Later

_writing = Later("weimin.sheets.marking_book")


def error_report(content: bytes, report: Report, *, mark: str = "") -> bytes:
    """The uploaded file with its faults marked, ready to be corrected and imported again.

    A file of more than 20,000 rows comes back with its bad rows only: those are what has to be corrected.
    `mark` (who took it out, `export.watermark`) stands in the footer of each printed page and in the properties, outside what is imported.
    """
    marked: bytes = _writing.error_report(content, report, mark=mark)
    return marked
