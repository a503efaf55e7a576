"""An import: its files as they came (sealed), what was found wrong, and the good rows in parts until they are written."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from weimin.secrets.fields import SealedFileField
from weimin.walls.models import ScopedModel

PURPOSE = "residents"


class ImportState(models.TextChoices):
    WAITING = "waiting", _("等待检查")
    CHECKING = "checking", _("正在检查")
    CHECKED = "checked", _("等待确认")
    READY = "ready", _("等待写入")
    WRITING = "writing", _("正在写入")
    DONE = "done", _("已完成")
    REFUSED = "refused", _("不能导入")
    CANCELLED = "cancelled", _("已取消")


STATE_MOVES = [
    ("waiting", "checking"), ("checking", "checked"), ("checking", "refused"), ("checked", "ready"), ("ready", "writing"), ("writing", "done"),
    ("writing", "refused"), ("ready", "refused"), ("waiting", "refused"), ("waiting", "cancelled"), ("checking", "cancelled"), ("checked", "cancelled"),
    ("ready", "cancelled"), ("writing", "cancelled"),
]  # fmt: skip
WORKING = (ImportState.WAITING, ImportState.CHECKING, ImportState.READY, ImportState.WRITING)
OPEN = (*WORKING, ImportState.CHECKED)
ENDED = (ImportState.DONE, ImportState.REFUSED, ImportState.CANCELLED)


class ImportMode(models.TextChoices):
    ALL = "all", _("全部写入，有错就一行也不写")
    GOOD = "good", _("只写没有错的行")


class Import(ScopedModel):
    """One set of files of one person in one post. Its region is the post's place; its rows lie inside the post's range.

    This row is also the order to the worker: it is written with the action, so that no import is lost with a queue.
    """

    purpose: ClassVar[str] = PURPOSE

    state = models.CharField(_("状态"), max_length=10, choices=ImportState.choices, default=ImportState.WAITING)
    mode = models.CharField(_("写入方式"), max_length=4, choices=ImportMode.choices, blank=True)
    title = models.CharField(_("文件"), max_length=200)
    person = models.BigIntegerField(_("上传人"))
    person_name = models.CharField(_("上传人姓名"), max_length=60)
    post = models.BigIntegerField(_("岗位"), null=True)
    uploaded_at = models.DateTimeField(_("上传时间"))
    moved_at = models.DateTimeField(_("状态时间"))
    rows = models.IntegerField(_("总行数"), default=0)
    good = models.IntegerField(_("可写入"), default=0)
    faulty = models.IntegerField(_("有错"), default=0)
    present = models.IntegerField(_("已在册"), default=0)
    written = models.IntegerField(_("已写入"), default=0)
    sentence = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("居民导入")
        indexes = [models.Index(fields=["-uploaded_at", "region"], name="import_newest")]
        constraints = [
            models.CheckConstraint(condition=~Q(state__in=["ready", "writing", "done"]) | ~Q(mode=""), name="import_has_mode"),
            models.CheckConstraint(condition=Q(written__lte=models.F("rows")), name="import_written"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_working(self) -> bool:
        return self.state in WORKING

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class ImportFile(ScopedModel):
    """One file of a set. `content` and `faults` are sealed; both are emptied a month after the import ended (H-61).

    `kind` and `long_numbers` are what the guard said when it came: sealed as it is, it need not be asked again.
    """

    purpose: ClassVar[str] = PURPOSE

    set = models.ForeignKey(Import, models.CASCADE, related_name="files", verbose_name=_("导入"))
    number = models.SmallIntegerField(_("序号"))
    name = models.CharField(_("文件名"), max_length=120)
    size = models.BigIntegerField(_("大小（字节）"))
    kind = models.CharField(_("格式"), max_length=4)
    long_numbers = models.BooleanField(_("有超过 15 位的数字"), default=True)
    content = SealedFileField(_("内容"), null=True)
    rows = models.IntegerField(_("行数"), default=0)
    faulty = models.IntegerField(_("有错"), default=0)
    faults = SealedFileField(_("检查结果"), null=True)

    class Meta:
        verbose_name = _("导入文件")
        constraints = [models.UniqueConstraint(fields=["set", "number"], name="import_file_once")]

    def __str__(self) -> str:
        return self.name


class ImportPart(ScopedModel):
    """Some thousand rows of one file that passed their check, sealed; emptied in the transaction that writes them.

    Parts of one file share no household, so that they can be written side by side.
    """

    purpose: ClassVar[str] = PURPOSE

    set = models.ForeignKey(Import, models.CASCADE, related_name="parts", verbose_name=_("导入"))
    number = models.IntegerField(_("序号"))
    file = models.SmallIntegerField(_("文件序号"), default=0)
    rows = models.IntegerField(_("行数"))
    content = SealedFileField(_("内容"), null=True)
    written_at = models.DateTimeField(_("写入时间"), null=True)

    class Meta:
        verbose_name = _("导入分段")
        constraints = [
            models.UniqueConstraint(fields=["set", "number"], name="import_part_once"),
            models.CheckConstraint(condition=Q(written_at__isnull=True) | Q(content__isnull=True), name="import_part_emptied"),
        ]

    def __str__(self) -> str:
        return str(self.number)
