"""Files named on the command line."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _


def read_text(file: Path) -> str:
    """The text of a file; CommandError with the reason when it cannot be read."""
    try:
        return file.read_text("utf-8-sig")
    except OSError as error:
        raise CommandError(_("读不到文件 %(file)s：%(why)s") % {"file": file, "why": error.strerror}) from None
    except UnicodeDecodeError:
        raise CommandError(_("文件 %(file)s 不是 UTF-8 编码的文本。") % {"file": file}) from None
