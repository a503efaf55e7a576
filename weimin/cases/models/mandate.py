"""Doing it for somebody (代办): the written mandate, the errands, the papers in the agent's hands, and who took over from whom."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from weimin.accounts.models import Person
from weimin.cases.models.case import PURPOSE, Case
from weimin.residents.models import Resident
from weimin.secrets.fields import LookupField, SealedField
from weimin.walls.models import ScopedModel


class AgentKind(models.TextChoices):
    """Who acts: a clerk with a post, a relative, or somebody else by name."""

    CLERK = "clerk", _("代办员")
    RELATIVE = "relative", _("亲属")
    OTHER = "other", _("其他代办人")


class MandateState(models.TextChoices):
    ACTIVE = "active", _("有效")
    REVOKED = "revoked", _("已撤销")
    DONE = "done", _("已办结")


MANDATE_MOVES = [("active", "revoked"), ("active", "done")]


class Mandate(ScopedModel):
    """A written mandate (委托书): who asks, who acts, in which items, with which powers, until when, and the proof of it (C-24).

    items: {code: name} of the catalogue; powers and evidence: words of `rules_mandate`. Its region is where the principal lives.
    """

    purpose: ClassVar[str] = PURPOSE

    number = models.CharField(_("委托编号"), max_length=24, unique=True)
    principal = models.ForeignKey(Resident, models.PROTECT, null=True, blank=True, related_name="mandates", verbose_name=_("委托人（登记的居民）"))
    principal_name = models.CharField(_("委托人"), max_length=60)
    principal_id_number = SealedField(_("委托人证件号码"))
    principal_id_lookup = LookupField(kind="id_number", of="principal_id_number")
    principal_phone = SealedField(_("委托人电话"), null=True, blank=True)
    agent_kind = models.CharField(_("代办人身份"), max_length=8, choices=AgentKind.choices)
    agent = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="mandates", verbose_name=_("代办员"))
    agent_name = models.CharField(_("代办人"), max_length=60)
    agent_id_number = SealedField(_("代办人证件号码"), null=True, blank=True)
    agent_id_lookup = LookupField(kind="id_number", of="agent_id_number")
    agent_phone = SealedField(_("代办人电话"), null=True, blank=True)
    relation = models.CharField(_("与委托人关系"), max_length=20, blank=True)
    items = models.JSONField(_("委托事项"), default=dict)
    powers = models.JSONField(_("委托权限"), default=list)
    evidence = models.JSONField(_("凭据"), default=list)
    starts_on = models.DateField(_("委托起"))
    until_on = models.DateField(_("委托止"))
    note = models.CharField(_("说明"), max_length=300, blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=MandateState.choices, default=MandateState.ACTIVE)
    written_by = models.CharField(_("经办人"), max_length=60)
    written_at = models.DateTimeField(_("登记时间"))
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    ended_by = models.CharField(_("结束人"), max_length=60, blank=True)
    end_reason = models.CharField(_("结束原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("代办委托")
        indexes = [
            models.Index(fields=["agent", "-written_at"], name="mandate_agent", condition=Q(state="active")),
            models.Index(fields=["written_at", "id"], name="mandate_written"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("starts_on")), name="mandate_period"),
            models.CheckConstraint(condition=~Q(agent_kind="clerk") | Q(agent__isnull=False), name="mandate_clerk_known"),
            models.CheckConstraint(condition=~Q(agent_kind="relative") | ~Q(relation=""), name="mandate_relative_tie"),
            models.CheckConstraint(
                condition=Q(state="active", ended_at__isnull=True) | (~Q(state="active") & Q(ended_at__isnull=False)), name="mandate_ended_when"
            ),
            models.CheckConstraint(condition=~Q(state="revoked") | ~Q(end_reason=""), name="mandate_revoked_why"),
        ]

    def __str__(self) -> str:
        return self.number


class MandateCase(ScopedModel):
    """A case that is done under a mandate. One case has one mandate; its applicant is the mandate's principal."""

    purpose: ClassVar[str] = PURPOSE

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="covered", verbose_name=_("委托"))
    case = models.OneToOneField(Case, models.PROTECT, related_name="mandated", verbose_name=_("办件"))
    attached_by = models.CharField(_("关联人"), max_length=60)
    attached_at = models.DateTimeField(_("关联时间"))

    class Meta:
        verbose_name = _("代办办件")


class Errand(ScopedModel):
    """A way that the agent goes for the principal (跑腿): what, where, when, and what came of it."""

    purpose: ClassVar[str] = PURPOSE

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="errands", verbose_name=_("委托"))
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="errands", verbose_name=_("办件"))
    what = models.CharField(_("跑腿事项"), max_length=100)
    place = models.CharField(_("去哪里"), max_length=100)
    planned_on = models.DateField(_("计划日期"))
    agent = models.BigIntegerField(_("承办人"), null=True, blank=True)
    added_by = models.CharField(_("登记人"), max_length=60)
    added_at = models.DateTimeField(_("登记时间"))
    result = models.CharField(_("结果"), max_length=300, blank=True)
    done_by = models.CharField(_("办理人"), max_length=60, blank=True)
    done_at = models.DateTimeField(_("办理时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("跑腿事项")
        indexes = [models.Index(fields=["mandate"], name="errand_open", condition=Q(done_at__isnull=True))]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, result="") | (Q(done_at__isnull=False) & ~Q(result="") & ~Q(done_by="")), name="errand_done_how"
            ),
        ]

    def __str__(self) -> str:
        return self.what


class HandOver(ScopedModel):
    """A hand-over list (交接单) between resident and agent: collected from the resident, or given back; signed for."""

    purpose: ClassVar[str] = PURPOSE

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="hand_overs", verbose_name=_("委托"))
    kind = models.CharField(_("交接"), max_length=8, choices=[("collect", _("收取材料")), ("return", _("交还材料"))])
    number = models.CharField(_("交接单编号"), max_length=30, unique=True)
    lines = models.JSONField(_("清单"), default=list)
    signed_by = models.CharField(_("签收人"), max_length=60)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    by = models.CharField(_("经办人"), max_length=60)
    at = models.DateTimeField(_("交接时间"))

    class Meta:
        verbose_name = _("材料交接")

    def __str__(self) -> str:
        return self.number


class HeldPaper(ScopedModel):
    """So many sheets of one paper that the agent took from the resident, and how many went back."""

    purpose: ClassVar[str] = PURPOSE

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="papers", verbose_name=_("委托"))
    name = models.CharField(_("材料"), max_length=80)
    original = models.BooleanField(_("原件"), default=False)
    count = models.PositiveSmallIntegerField(_("件数"))
    returned = models.PositiveSmallIntegerField(_("已交还"), default=0)
    collected = models.ForeignKey(HandOver, models.PROTECT, related_name="papers", verbose_name=_("收取"))
    place = models.CharField(_("现在哪里"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("代管材料")
        constraints = [
            models.CheckConstraint(condition=Q(count__gt=0), name="held_paper_some"),
            models.CheckConstraint(condition=Q(returned__lte=F("count")), name="held_paper_not_more"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def left(self) -> int:
        return self.count - self.returned


class AgentChange(ScopedModel):
    """An agent left or is on leave: the clients who went to another agent, as a list that both sign. Its region is where they live.

    lines: [{"mandate", "client" (masked), "items", "until", "papers", "errands", "steps"}].
    """

    purpose: ClassVar[str] = PURPOSE

    number = models.CharField(_("移交单编号"), max_length=24, unique=True)
    before = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("移交人"))
    after = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("接收人"))
    reason = models.CharField(_("原因"), max_length=100)
    lines = models.JSONField(_("清单"), default=list)
    steps = models.PositiveIntegerField(_("移交的待办"), default=0)
    by = models.CharField(_("经办人"), max_length=60)
    at = models.DateTimeField(_("移交时间"))

    class Meta:
        verbose_name = _("代办移交")
        constraints = [models.CheckConstraint(condition=~Q(before=F("after")), name="agent_change_to_another")]

    def __str__(self) -> str:
        return self.number


class AgentChangeLine(ScopedModel):
    """One mandate that went to another agent."""

    purpose: ClassVar[str] = PURPOSE

    change = models.ForeignKey(AgentChange, models.PROTECT, related_name="moved", verbose_name=_("移交"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="changes", verbose_name=_("委托"))

    class Meta:
        verbose_name = _("移交的委托")
        constraints = [models.UniqueConstraint(fields=["change", "mandate"], name="agent_change_line_once")]
