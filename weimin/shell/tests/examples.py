"""A valid use of each action of this room."""

from django.core.files.uploadedfile import SimpleUploadedFile

from weimin.actions.examples import Example, nothing_needed
from weimin.calendars.tests.test_publish import notice_2027

EXAMPLES = {
    "calendars.import_notice": Example("administrator", nothing_needed(), lambda: {"file": SimpleUploadedFile("2027.csv", notice_2027().encode())}),
}  # fmt: skip
