"""What is given out and shown: printed and audio-visual materials, notice boards and their changes (A-62)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from weimin.walls.models import ScopedModel


class Medium(models.TextChoices):
    PRINTED = "printed", _("印刷资料")
    AUDIO_VISUAL = "audio_visual", _("音像资料")


class Material(ScopedModel):
    """One kind of material of an institution, with what is left of it. An audio-visual one is played and not given out."""

    institution = models.BigIntegerField(_("机构编号"), db_index=True)
    medium = models.CharField(_("类别"), max_length=12, choices=Medium.choices)
    title = models.CharField(_("资料名称"), max_length=80)
    topic = models.CharField(_("主题"), max_length=40, blank=True)
    stock = models.PositiveIntegerField(_("库存"), default=0)
    entered_by = models.CharField(_("登记人"), max_length=60)
    entered_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("健康教育资料")
        constraints = [models.UniqueConstraint(fields=["institution", "medium", "title"], name="education_material_once")]

    def __str__(self) -> str:
        return self.title


class MaterialMove(ScopedModel):
    """Copies that came in (positive), were given out (negative), or a film that was played (0, with its times)."""

    material = models.ForeignKey(Material, models.PROTECT, related_name="moves", verbose_name=_("资料"))
    on = models.DateField(_("日期"))
    quantity = models.IntegerField(_("数量"))
    times = models.PositiveSmallIntegerField(_("播放次数"), default=0)
    activity = models.BigIntegerField(_("活动编号"), null=True, blank=True, db_index=True)
    note = models.CharField(_("说明"), max_length=100, blank=True)
    entered_by = models.CharField(_("登记人"), max_length=60)
    entered_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("资料收发")
        indexes = [models.Index(fields=["material", "on"], name="education_move_of")]
        constraints = [models.CheckConstraint(condition=~Q(quantity=0, times=0), name="education_move_some")]


class Board(ScopedModel):
    """A notice board (宣传栏). `last_on`: the latest change of its content; `due_on`: by when it changes again, by rule."""

    institution = models.BigIntegerField(_("机构编号"), db_index=True)
    institution_name = models.CharField(_("机构"), max_length=100)
    name = models.CharField(_("名称"), max_length=60)
    place = models.CharField(_("位置"), max_length=100)
    area = models.DecimalField(_("面积（㎡）"), max_digits=5, decimal_places=2)
    set_up_on = models.DateField(_("设置日期"))
    last_on = models.DateField(_("最近更换"), null=True, blank=True)
    due_on = models.DateField(_("下次更换期限"))
    removed_on = models.DateField(_("拆除日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("宣传栏")
        indexes = [models.Index(fields=["due_on"], name="education_board_due", condition=Q(removed_on__isnull=True))]
        constraints = [
            models.CheckConstraint(condition=Q(area__gt=0), name="education_board_area"),
            models.UniqueConstraint(fields=["institution", "name"], name="education_board_once", condition=Q(removed_on__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.name


class BoardIssue(ScopedModel):
    """One content of a board (一期); its photo is attached."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="issues", verbose_name=_("宣传栏"))
    on = models.DateField(_("更换日期"))
    subject = models.CharField(_("主题"), max_length=100)
    on_time = models.BooleanField(_("按期"))
    entered_by = models.CharField(_("登记人"), max_length=60)
    entered_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("宣传栏内容")
        constraints = [models.UniqueConstraint(fields=["board", "on"], name="education_issue_once")]

    def __str__(self) -> str:
        return self.subject
