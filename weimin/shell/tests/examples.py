"""A valid use of each action of this room."""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from weimin.actions.examples import Example, nothing_needed
from weimin.calendars.tests.test_publish import HEAD
from weimin.walls.actor import Actor
from weimin.walls.tenancy import here


def own_holiday() -> dict[str, SimpleUploadedFile]:
    """A holiday of the jurisdiction itself; the nation's are not one jurisdiction's to change."""
    row = f"2026-11-11,节假日,县庆,县规定,{here().code}\n"
    return {"file": SimpleUploadedFile("notice.csv", (HEAD + row).encode())}


def soon(actor: Actor, region: int) -> tuple[None, dict[str, str]]:
    return None, WARNING | {"effective_from": str(date.today() + timedelta(days=30))}


WARNING = {"share": "25", "least": "2", "most": "20", "fixed": "10", "source": "×办发〔2026〕3 号", "reason": "提早提醒"}
EXAMPLES = {
    "calendars.set_warning": Example("administrator", soon),
    "calendars.import_notice": Example("administrator", nothing_needed(), own_holiday),
}
