"""What is kept and read by others is Chinese, in whatever language its writer reads pages; on an English page it is marked as Chinese (WCAG 3.1.2)."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Mapping
from functools import wraps
from typing import ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.text import compress_string

Given = ParamSpec("Given")
Written = TypeVar("Written")
CHINESE = "zh-hans"
PADDING = 100  # random bytes at most, as GZipMiddleware adds them: the length tells nothing
HAN = "\u3400-\u4dbf\u4e00-\u9fff"  # text: data
MARKS = {"：": ": ", "，": ", ", "；": "; ", "、": ", ", "。": ". ", "（": " (", "）": ")"}  # text: data
WIDE = "".join(MARKS)
INSIDE = {wide: mark for wide, mark in MARKS.items() if wide not in "（）"}  # text: data; a bracket may have its other half in the Chinese
# What holds no elements is left alone; then options, which carry the mark themselves; then every other text with Chinese, or its punctuation, in it.
PLACES = re.compile(
    rf"<(script|style|title|textarea|svg)\b.*?</\1>|<option\b([^>]*>[^<]*[{HAN}][^<]*)</option>|>([^<]*[{HAN}{WIDE}][^<]*)<(?=[/a-z])",
    re.DOTALL | re.IGNORECASE,
)
RUNS = re.compile(rf"([{HAN}](?:[{HAN}\d\s，、。：；！？（）《》〈〉〔〕“”·—/*.-]*[{HAN}\d。）》〉〕”*])?)")  # text: data


def in_chinese(write: Callable[Given, Written]) -> Callable[Given, Written]:
    """For functions that write titles of steps and messages. A new override for each call: one that threads share would mix up their languages."""

    @wraps(write)
    def written(*args: Given.args, **over: Given.kwargs) -> Written:
        with translation.override(CHINESE):
            return write(*args, **over)

    return written


def marked(page: str) -> str:
    """An English page with its Chinese in `<bdi lang="zh-CN">`, which no style names, so that a text stays one item of the box it is in; and with the
    punctuation of English around it."""
    return PLACES.sub(mark, page)


def mark(found: re.Match[str]) -> str:
    _closed, option, text = found.groups()
    if option is not None:
        return found[0] if " lang=" in option.partition(">")[0] else f'<option lang="zh-CN"{option}</option>'
    if text is None:
        return found[0]
    parts = RUNS.split(text)  # English at even places, Chinese at odd ones
    if len(parts) == 1:
        return f">{narrow(text, MARKS)}<"
    parts[::2] = [narrow(part, INSIDE) for part in parts[::2]]
    parts[1::2] = [f'<bdi lang="zh-CN">{part}</bdi>' for part in parts[1::2]]
    said = "".join(parts)
    return f">{said}<" if len(parts) == 3 and not (parts[0] + parts[2]).strip() else f"><bdi>{said}</bdi><"


def narrow(text: str, marks: Mapping[str, str]) -> str:
    for wide, mark in marks.items():
        text = text.replace(wide, mark)
    return text


class MarkChineseMiddleware:
    """Screen readers say names, addresses and titles of an English page in Chinese."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.get("Content-Language") == "en" and response.get("Content-Type", "").startswith("text/html") and isinstance(response, HttpResponse):
            packed = response.get("Content-Encoding") == "gzip"  # a public page, packed by its view
            page = (gzip.decompress(response.content) if packed else response.content).decode(response.charset)
            said = marked(page).encode(response.charset)
            response.content = compress_string(said, max_random_bytes=PADDING) if packed else said
            response["Content-Length"] = str(len(response.content))
        return response
