"""The refusals that a person can meet, each with the sentence that the person reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

Found = TypeVar("Found")


class Refusal(Exception):
    """Base of every refusal; `status` is the HTTP status, `code` the machine's word for it."""

    status = 422
    code = "refused"
    sentence: Any = ""

    def __init__(self, sentence: Any = "") -> None:
        super().__init__(sentence or self.sentence)

    def __str__(self) -> str:
        return str(self.args[0])


class NotVisible(Refusal):
    """It does not exist, or not for this post: the two look the same."""

    status, code = 404, "not_visible"
    sentence = _("没有找到，或者不在您岗位的管辖范围内。")


def seen(read: Callable[[Any, int], Found], actor: Any, number: int) -> Found:
    """The row that a page is about; hidden and missing are the same 404."""
    try:
        return read(actor, number)
    except ObjectDoesNotExist:
        raise NotVisible() from None


class NotAllowed(Refusal):
    """The post may see it but may not do this."""

    status, code = 403, "not_allowed"
    sentence = _("您当前的岗位不能办理这一步，请切换岗位或联系有权限的同事。")


class RuleBroken(Refusal):
    """The post may do this, but not in this state, or against a rule."""

    status, code = 422, "rule_broken"


class KeyReused(Refusal):
    """The same key arrived with other content. `receipt`: the number of what was made with it the first time."""

    status, code = 409, "key_reused"
    sentence = _("同一份表单已经提交过，内容与这次不同。请刷新页面核对后再提交。")

    def __init__(self, sentence: Any = "", receipt: int | None = None) -> None:
        self.receipt = receipt
        super().__init__(sentence)


class TooMany(Refusal):
    """Too many attempts from one place or at one thing; the sentence says how long to wait."""

    status, code = 429, "too_many"


class InputInvalid(Refusal):
    """The form has errors; `form` is the bound form with them."""

    status, code = 422, "input_invalid"

    def __init__(self, form: Any) -> None:
        self.form = form
        super().__init__(_now("；").join(line_of(form.fields.get(name), " ".join(errors)) for name, errors in form.errors.items()))


def line_of(field: Any, words: str) -> str:
    return _now("%(label)s：%(words)s") % {"label": field.label, "words": words} if field is not None else words
