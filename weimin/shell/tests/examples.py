"""A valid use of each action of this room."""

from django.core.files.uploadedfile import SimpleUploadedFile

from weimin.actions.examples import Example, nothing_needed
from weimin.calendars.tests.test_publish import HEAD
from weimin.walls.tenancy import here


def own_holiday() -> dict[str, SimpleUploadedFile]:
    """A holiday of the jurisdiction itself; the nation's are not one jurisdiction's to change."""
    row = f"2026-11-11,节假日,县庆,县规定,{here().code}\n"
    return {"file": SimpleUploadedFile("notice.csv", (HEAD + row).encode())}


EXAMPLES = {"calendars.import_notice": Example("administrator", nothing_needed(), own_holiday)}
