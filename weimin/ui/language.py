"""What is kept and read by others is Chinese, in whatever language its writer reads pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.utils import translation

Given = ParamSpec("Given")
Written = TypeVar("Written")
CHINESE = "zh-hans"


def in_chinese(write: Callable[Given, Written]) -> Callable[Given, Written]:
    """For functions that write titles of steps and messages. A new override for each call: one that threads share would mix up their languages."""

    @wraps(write)
    def written(*args: Given.args, **over: Given.kwargs) -> Written:
        with translation.override(CHINESE):
            return write(*args, **over)

    return written
