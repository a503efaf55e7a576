"""What is still missing before real people may be served: judged from facts alone, no query and no clock in here."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]"}
BACKUP_AGE = timedelta(hours=26)  # daily, with two hours for a late night
LAST_MONTH_TO_PREPARE = 11  # the State Council publishes next year's holidays in November


@dataclass(frozen=True)
class Facts:
    """What was found out about this installation."""

    debug: bool
    https: bool
    hosts: list[str]
    demonstration: bool
    demonstration_people: int
    embedded: bool
    county_jurisdictions: list[str]
    jurisdictions: int
    secret_private: bool
    keys_present: bool
    keys_private: bool
    keys_beside_data: bool
    fonts_missing: list[str]
    next_year_published: bool
    backed_up_at: datetime | None
    without_second_factor: list[str]
    schemas_behind: list[str]
    worker_alive: bool
    runs_as_root: bool
    virus_scan: bool


@dataclass(frozen=True)
class Finding:
    """`code` for machines; `good`; what it is about and, when it is not good, what to do."""

    code: str
    good: bool
    says: str
    todo: str = ""


def judge(facts: Facts, now: datetime) -> list[Finding]:
    """One finding for each requirement, in the order in which one would put them right."""
    return [
        *_settings(facts),
        *_secrets(facts),
        *_database(facts),
        *_keeping(facts, now),
        *_people(facts),
        *_surroundings(facts, now),
    ]


def _settings(facts: Facts) -> list[Finding]:
    real = [host for host in facts.hosts if host not in LOCAL_HOSTS]
    return [
        Finding("debug", not facts.debug, _("调试页面已关闭"), _("设置 WEIMIN_DEBUG=no：调试页面会把数据和配置露给访问者。")),
        Finding("https", facts.https, _("使用 HTTPS"), _("在前面放一台带证书的 nginx，并设置 WEIMIN_HTTPS=yes。")),
        Finding("hosts", bool(real), _("已登记对外的域名"), _("设置 WEIMIN_HOSTS=域名（多个用空格隔开）。")),
        Finding(
            "demonstration", not facts.demonstration and not facts.demonstration_people,
            _("没有演示岗位"), _("正式数据不要和演示放在一起：换一个数据目录，用 weimin run --empty 启动。"),
        ),
    ]  # fmt: skip


def _secrets(facts: Facts) -> list[Finding]:
    return [
        Finding("secret", facts.secret_private, _("签名密钥只有本用户可读"), _("把数据目录中的 secret 文件权限改为 600。")),
        Finding("keys", facts.keys_present, _("加密密钥可用"), _("先运行一次 weimin prepare；若已有数据，请放回原来的密钥文件。")),
        Finding("keys_private", facts.keys_private, _("密钥文件只有本用户可读"), _("把密钥文件权限改为 600。")),
        Finding(
            "keys_apart", not facts.keys_beside_data,
            _("密钥与数据分开存放"), _("把密钥文件移到另一块盘或加密介质，并设置 WEIMIN_KEY_FILE。"),
        ),
    ]  # fmt: skip


def _database(facts: Facts) -> list[Finding]:
    county_on_embedded = facts.embedded and bool(facts.county_jurisdictions)
    return [
        Finding(
            "database", not county_on_embedded, _("数据库与规模相称"),
            _("%s 是县级辖区，请用 PostgreSQL 服务器并设置 DATABASE_URL；内置数据库只供乡镇和试用。")
            % "、".join(facts.county_jurisdictions),
        ),
        Finding("migrations", not facts.schemas_behind, _("数据表是最新的"), _("运行 weimin prepare。")),
        Finding("jurisdiction", facts.jurisdictions > 0, _("已建立辖区"), _("运行 weimin jurisdiction create 代码。")),
        Finding("worker", facts.worker_alive, _("后台任务在运行"), _("用 weimin run 启动；提醒、封存、扫描都靠它。")),
    ]  # fmt: skip


def _keeping(facts: Facts, now: datetime) -> list[Finding]:
    fresh = facts.backed_up_at is not None and now - facts.backed_up_at <= BACKUP_AGE
    return [
        Finding("backup", fresh, _("一天之内做过备份"), _("每天用 cron 运行 weimin backup 文件夹，并把备份存到另一台机器。")),
    ]


def _people(facts: Facts) -> list[Finding]:
    names = "、".join(facts.without_second_factor[:5])
    return [
        Finding(
            "second_factor", not facts.without_second_factor, _("系统管理员和督查岗位都启用了动态口令"),
            _("请这些人登录后启用动态口令：%s。") % names,
        ),
    ]  # fmt: skip


def _surroundings(facts: Facts, now: datetime) -> list[Finding]:
    early = now.month < LAST_MONTH_TO_PREPARE
    return [
        Finding(
            "calendar", facts.next_year_published or early, _("明年的节假日安排已导入"),
            _("国务院公布后运行 weimin calendar import 文件；在此之前，跨年的期限标为暂定。"),
        ),
        Finding(
            "fonts", not facts.fonts_missing, _("公文字体齐全"),
            _("缺少：%s。请把单位有授权的字体放进一个文件夹，并设置 WEIMIN_FONT_PATHS。") % "、".join(facts.fonts_missing),
        ),
        Finding("virus_scan", facts.virus_scan, _("上传的附件会查毒"), _("设置 WEIMIN_VIRUS_SCAN。")),
        Finding("root", not facts.runs_as_root, _("不以 root 身份运行"), _("为它建一个普通系统用户。")),
    ]  # fmt: skip
