"""The console command `weimin`: words → Django management command, one clear sentence when something is wrong.

`weimin plan check FILE` runs `management/commands/plan_check.py` of whichever room owns it. The commands are found by
their files, so that help and a mistyped word need neither settings nor database.
"""
# Both languages are here: gettext is not loaded yet.
# text: data

import argparse
import difflib
import os
import re
import sys

import django
from django.conf import settings
from django.core.management import BaseCommand, CommandError, execute_from_command_line, load_command_class
from django.db import DatabaseError, connections
from django.utils import translation

from weimin.config import overview, supervisor
from weimin.config.backup import verify
from weimin.config.commands import find_commands
from weimin.config.environment import OddSetting
from weimin.config.language import choose, either
from weimin.config.programs import EmbeddedFailed
from weimin.secrets.keys import KeyTrouble
from weimin.walls.errors import Refusal

HELP = {"-h", "--help"}
DJANGO_OPTIONS = {
    "settings",
    "pythonpath",
    "traceback",
    "no_color",
    "force_color",
    "skip_checks",
    "version",
    "verbosity",
}
USAGE_ERRORS = [  # argparse has no Chinese catalogue
    (r"the following arguments are required: (.+)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.+)", r"不认识的参数：\1"),
    (r"argument (.+): invalid choice: (.+) \(choose from (.+)\)", r"参数 \1 不能是 \2，可选：\3"),
    (r"argument (.+): invalid (?:int|float) value: (.+)", r"参数 \1 要填数字，不能是 \2"),
    (r"argument (.+): invalid \w+ value: (.+)", r"参数 \1 的值 \2 无法识别"),
    (r"argument (.+): expected .+ arguments?", r"参数 \1 后面缺少值"),
    (r"one of the arguments (.+) is required", r"必须给出其中一个：\1"),
]


def main(argv: list[str] | None = None) -> int:
    """Entry point; the exit code: 0 done, 1 refused with a sentence, 2 not understood, 130 interrupted."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "weimin.config.settings")
    language, words = _language(list(sys.argv[1:] if argv is None else argv))
    choose(language)
    commands = find_commands()
    if not words or words[0] in HELP | {"help"}:
        return _say(overview.render(language, set(commands)))
    if words[0] == "run":
        return supervisor.main(words[1:], language, _complain)
    if words[0] == "verify":
        return verify.main(words[1:], language, _complain, _say)
    if words[0] == "django":
        execute_from_command_line(["weimin django", *words[1:]])
        return 0
    name, rest = _resolve(words, commands)
    if name is None:
        return _complain(_unknown(words, language), 2)
    return _run(name, commands[name], words[: len(words) - len(rest)], rest, language)


def _language(words: list[str]) -> tuple[str, list[str]]:
    """'zh' or 'en', and the words without --lang."""
    chosen = os.environ.get("LANGUAGE", "")
    rest = []
    skip = False
    for position, word in enumerate(words):
        if skip:
            skip = False
        elif word == "--lang" and position + 1 < len(words):
            chosen, skip = words[position + 1], True
        elif word.startswith("--lang="):
            chosen = word.removeprefix("--lang=")
        else:
            rest.append(word)
    return ("en" if chosen.lower().startswith("en") else "zh"), rest


def _resolve(words: list[str], commands: dict[str, str]) -> tuple[str | None, list[str]]:
    """The longest run of words that names a command, and what follows it."""
    typed = {tuple(entry.words.split()): entry.command for entry in overview.entries()}
    for length in (2, 1):
        start = tuple(words[:length])
        name = typed.get(start) or "_".join(start).replace("-", "_")
        if len(start) == length and name in commands:
            return name, words[length:]
    return None, words


def _unknown(words: list[str], language: str) -> str:
    typed = " ".join(word for word in words[:2] if not word.startswith("-"))
    known = [entry.words for entry in overview.entries()]
    family = [name for name in known if len(words) == 1 and name.split()[0] == words[0]]
    near = family or difflib.get_close_matches(typed, known, n=1, cutoff=0.5)
    if language == "en":
        return f"There is no command “{typed}”." + (f" Did you mean: weimin {near[0]}?" if near else " See weimin --help.")
    return f"没有“{typed}”这条命令。" + (f"是不是要：weimin {near[0]}？" if near else "输入 weimin --help 查看全部命令。")


def _run(name: str, room: str, words: list[str], rest: list[str], language: str) -> int:
    try:
        django.setup()
        with translation.override("en" if language == "en" else "zh-hans"):
            command = load_command_class(f"weimin.{room}", name)
            parser = _parser(command, " ".join(words))
            if HELP & set(rest):
                return _say(_help(parser, language).rstrip())
            command.execute(**_options(parser, rest, language))
    except CommandError as error:
        return _complain(str(error), error.returncode)
    except (OddSetting, EmbeddedFailed, KeyTrouble, Refusal) as error:
        return _complain(str(error))
    except DatabaseError as error:
        return _complain(either("数据库拒绝了这次操作：", "The database refused: ") + str(error).strip().splitlines()[0])
    except KeyboardInterrupt:
        return 130
    finally:
        if settings.configured:
            connections.close_all()
    return 0


def _parser(command: BaseCommand, words: str) -> argparse.ArgumentParser:
    parser = command.create_parser("weimin", words)
    for action in parser._actions:
        hidden = action.dest in DJANGO_OPTIONS
        action.help = argparse.SUPPRESS if hidden else str(action.help or "")  # argparse cannot read lazy texts
    parser.description = str(parser.description or "")
    return parser


def _help(parser: argparse.ArgumentParser, language: str) -> str:
    text = parser.format_help()
    if language == "en":
        return text
    pairs = [("usage:", "用法："), ("positional arguments:", "参数："), ("options:", "选项：")]
    for english, chinese in [*pairs, ("show this help message and exit", "显示本说明")]:
        text = text.replace(english, chinese, 1)
    return text


def _options(parser: argparse.ArgumentParser, rest: list[str], language: str) -> dict:
    """Parsed options as BaseCommand.execute wants them; a mistake is a CommandError with exit code 2."""
    try:
        return vars(parser.parse_args(rest))
    except CommandError as error:
        sentence = str(error).removeprefix("Error: ")
        if language == "zh":
            for pattern, chinese in USAGE_ERRORS:
                sentence = re.sub(f"^{pattern}$", chinese, sentence)
        raise CommandError(sentence, returncode=2) from error


def _say(text: str) -> int:
    sys.stdout.write(text + "\n")
    return 0


def _complain(sentence: str, code: int = 1) -> int:
    sys.stderr.write(sentence + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
