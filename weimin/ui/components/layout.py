"""Parts of the frame that pages use themselves: address of the style sheet, stars of a confirmation, links that keep filters."""

from __future__ import annotations

from typing import Any

from django.contrib.staticfiles import finders
from django.http import QueryDict
from django.template import Context, Library
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from weimin.ui.components.tables import address_with
from weimin.ui.stylesheet import stylesheet_url

register = Library()

ECHARTS = "vendor/echarts.common.min.js"


@register.simple_tag
def stylesheet() -> SafeString:
    """The one style sheet of the house, under an address that changes with its content."""
    return format_html('<link rel="stylesheet" href="{}">', stylesheet_url())


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """`href="{% query year=2026 cursor=None %}"`: the address of this page with some parameters changed."""
    request = context.get("request")
    texts = {name: "" if value is None else str(value) for name, value in changes.items()}
    return address_with(request.GET if request else QueryDict(), **texts)


@register.simple_tag
def crumbs(*pairs: Any) -> SafeString:
    """`{% crumbs _("方案") plan_url plan.name "" %}`: words and address in turn; the last one, where one is, has no address."""
    said = zip(pairs[::2], pairs[1::2], strict=True)
    items = [format_html('<li><a href="{}">{}</a></li>', url, words) if url else format_html('<li aria-current="page">{}</li>', words) for words, url in said]
    return format_html('<nav class="crumb" aria-label="{}"><ol>{}</ol></nav>', _("当前位置"), mark_safe("".join(items)))


@register.simple_tag
def echarts_script() -> SafeString:
    """The charting library for `{% block head %}`, deferred; nothing when the front-end packages are not there."""
    if finders.find(ECHARTS) is None:
        return mark_safe("")
    return format_html('<script src="{}" defer></script><script src="{}" defer></script>', static(ECHARTS), static("ui/charts.js"))


@register.inclusion_tag("ui/components/ask.html")
def ask(action: str, label: str, question: str, kind: str = "", name: str = "", value: str = "") -> dict[str, Any]:
    """A button that posts after a question. Without JavaScript it opens the question in the page (a `details`), so nothing
    happens by one slip of the finger. `name` and `value` are sent along; the CSRF token comes by itself."""
    return {"action": action, "label": label, "question": question, "kind": kind, "name": name, "value": value}
