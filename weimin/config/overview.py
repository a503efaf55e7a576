"""What `weimin` alone prints: every command of the project in groups, in Chinese and English. A test keeps it whole."""
# Both languages are here: gettext is not loaded yet.
# text: data

from typing import NamedTuple


class Entry(NamedTuple):
    """One command: the words a person types, the Django management command behind them, what it does."""

    words: str
    arguments: str
    command: str
    zh: str
    en: str


class Group(NamedTuple):
    zh: str
    en: str
    entries: list[Entry]


GROUPS = [
    Group("启动与检查", "Start and check", [
        Entry("run", "[--empty] [--port 8000]", "run", "启动为民：数据库、网页与后台任务", "Start database, web and worker"),
        Entry("check", "[--strict] [--json]", "readiness", "列出正式使用前还缺什么", "List what is missing for real use"),
        Entry("prepare", "[--empty]", "prepare", "只做准备：建表、译文、静态文件、演示数据", "Migrate, compile, collect; do not serve"),
    ]),
    Group("辖区与区划", "Jurisdictions and regions", [
        Entry("jurisdiction create", "CODE [--name NAME]", "jurisdiction_create", "把一个县或乡镇建成辖区", "Make a county or township a jurisdiction"),
        Entry("jurisdiction list", "[--json]", "jurisdiction_list", "列出全部辖区", "List the jurisdictions"),
        Entry("regions find", "TEXT", "regions_find", "按名称、拼音或代码查区划", "Find a region by name, pinyin or code"),
        Entry("regions load", "", "regions_load", "重新装入全国区划表", "Load the national table of regions again"),
    ]),
    Group("实施方案", "Plans", [
        Entry("plan check", "FILE", "plan_check", "检查方案文件，错误指到行", "Validate a plan file, errors name the line"),
        Entry("plan diff", "FILE", "plan_diff", "显示应用后会改变什么", "Show what applying would change"),
        Entry("plan apply", "FILE [--issued DATE]", "plan_apply", "应用方案，建立站点、任务与预算", "Apply: create sites, tasks, budgets"),
        Entry("plan status", "[--jurisdiction CODE] [--json]", "plan_status", "方案完成到哪里", "How far the plans are"),
        Entry("plan paper", "FILE --docx|--pdf OUT", "plan_paper", "把方案印成公文", "Print the plan as an official paper"),
    ]),
    Group("服务事项", "Service items", [
        Entry("catalogue load", "FILES | --shipped --jurisdiction CODE [--check] [--publish]", "catalogue_load", "导入事项目录", "Import the catalogue of service items"),
    ]),
    Group("用户与日历", "People and calendars", [
        Entry("user add", "", "user_add", "新增用户", "Add a person"),
        Entry("calendar import", "FILE", "calendar_import", "导入节假日与调休", "Import holidays and make-up days"),
    ]),
    Group("保管", "Keeping", [
        Entry("backup", "OUT", "backup", "备份数据库与附件（不含密钥）", "Back up database and attachments, not keys"),
        Entry("verify", "FILE", "verify", "逐项核对备份文件，不需要数据库", "Check every hash of a backup, no database needed"),
        Entry("restore", "FILE [--replace]", "restore", "恢复到空数据库并核对", "Restore into an empty database and compare"),
        Entry("trail verify", "", "trail_verify", "核对留痕链，找出被改动之处", "Verify the trail, find tampering"),
        Entry("trail seal", "", "trail_seal", "立即封存新的留痕", "Seal new trail rows now"),
        Entry("secrets rotate", "", "secrets_rotate", "更换加密密钥", "Rotate the encryption key"),
    ]),
    Group("维护", "Maintenance", [
        Entry("flows diagrams", "[--check]", "flows_diagrams", "生成流程状态图文档", "Generate the state diagrams in docs"),
    ]),
    Group("演示", "Demonstration", [
        Entry("demo load", "", "demo_load", "装入演示数据", "Load the demonstration"),
        Entry("demo posts", "", "demo_posts", "列出一点即入的演示岗位", "List the one-click posts"),
        Entry("demo reset", "", "demo_reset", "清空并重装演示数据", "Reset the demonstration"),
        Entry("residents invent", "CODE [--count N] [--seed N]", "residents_invent", "编造居民，用于演示和测量", "Invent residents for trials and measurements"),
    ]),
]  # fmt: skip

TITLE = {
    "zh": "为民：县乡公共服务网络的建设、服务、监督与考核",
    "en": "Weimin: build, serve, supervise and assess a county's public-service network",
}
USAGE = {"zh": "用法：weimin 命令 [参数]", "en": "Usage: weimin COMMAND [ARGUMENTS]"}
FOOT = {
    "zh": "weimin 命令 --help 查看一条命令的说明；--lang en 用英文；weimin django … 执行 Django 自带命令。",
    "en": "weimin COMMAND --help explains one command; --lang zh for Chinese; weimin django … runs Django's own commands.",
}


def entries() -> list[Entry]:
    return [entry for group in GROUPS for entry in group.entries]


def render(language: str, known: set[str]) -> str:
    """The overview as text; `known` are the management commands that exist: a promise without one is not printed."""
    lines = [TITLE[language], "", USAGE[language]]
    for group in GROUPS:
        shown = [entry for entry in group.entries if entry.command in known]
        if shown:
            lines += ["", getattr(group, language)]
        for entry in shown:
            left = f"  weimin {entry.words} {entry.arguments}".rstrip()
            lines.append(f"{left:<58} {getattr(entry, language)}")
    return "\n".join([*lines, "", FOOT[language]])
