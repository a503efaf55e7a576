import pytest

from weimin.messages.addresses import BOOKS, register_address_book
from weimin.messages.wording import TEMPLATES


@pytest.fixture(autouse=True)
def outside(settings, tmp_path):
    """Development back ends write into the test's folder; every SMS goes to one phone; registries are put back."""
    settings.DATA_DIR = tmp_path
    books, templates = dict(BOOKS), dict(TEMPLATES)
    register_address_book("sms", lambda message: ["13800001234"])
    yield tmp_path / "messages"
    for registry, before in ((BOOKS, books), (TEMPLATES, templates)):
        registry.clear()
        registry.update(before)
