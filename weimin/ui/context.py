"""The context processor of every page: one name, `frame`."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from weimin.ui.frame import frame_of


def page(request: HttpRequest) -> dict[str, object]:
    """`frame` (`weimin.ui.frame.Frame`), built when a template first touches it."""
    return {"frame": SimpleLazyObject(lambda: frame_of(request))}
