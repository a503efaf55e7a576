"""People and the posts they hold. A post is role × region × period; everything a person may see follows from it."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.hashers import check_password, make_password
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from weimin.accounts.fields import RoleField
from weimin.secrets.fields import SealedField
from weimin.walls.models import ScopedModel


class Person(models.Model):
    """Somebody who signs in. Never shared between two people; never deleted, only switched off."""

    login = models.CharField(_("登录名"), max_length=40, unique=True)
    name = models.CharField(_("姓名"), max_length=40)
    password = models.CharField(_("口令"), max_length=128, blank=True)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    must_change_password = models.BooleanField(_("须修改口令"), default=False)
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)
    active = models.BooleanField(_("在用"), default=True)
    demonstration = models.BooleanField(_("演示人员"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("人员")

    def __str__(self) -> str:
        return self.name

    def set_password(self, text: str) -> None:
        self.password = make_password(text)

    def check_password(self, text: str) -> bool:
        return check_password(text, self.password)


class PasswordHistory(models.Model):
    """Earlier hashes; the last five may not be used again (domain rule H-62)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="earlier_passwords")
    password = models.CharField(max_length=128)
    set_at = models.DateTimeField()


class SecondFactor(models.Model):
    """The one-time code of a person's authenticator (RFC 6238). It counts only once confirmed by a first code."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="second_factor")
    secret = SealedField(_("动态口令密钥"))
    confirmed_at = models.DateTimeField(null=True, blank=True)
    last_counter = models.BigIntegerField(default=0)
    recovery = models.JSONField(_("恢复码摘要"), default=list)

    class Meta:
        verbose_name = _("动态口令")

    def __str__(self) -> str:
        return self.person.name


class Post(ScopedModel):
    """One person's duty: a role in a region for a period."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts", verbose_name=_("人员"))
    role = RoleField(_("岗位"))
    title = models.CharField(_("职务"), max_length=60, blank=True)
    unit = models.CharField(_("单位"), max_length=80, blank=True)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("岗位")
        indexes = [models.Index(fields=["role", "region"], name="post_role_region")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="post_period"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.title}".strip()

    def in_force(self, on: date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


class Delegation(ScopedModel):
    """While somebody is on leave, another person acts in their post. Both names are on the trail."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="delegations", verbose_name=_("岗位"))
    deputy = models.ForeignKey(Person, models.PROTECT, related_name="delegations", verbose_name=_("代理人"))
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    reason = models.CharField(_("原因"), max_length=100)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("代理")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="delegation_period"),
        ]


class SignIn(models.Model):
    """Every attempt, good or bad; kept at least six months (domain rule H-56)."""

    class Outcome(models.TextChoices):
        DONE = "done", _("登录成功")
        DEMONSTRATION = "demonstration", _("演示进入")
        UNKNOWN = "unknown", _("登录名不存在")
        WRONG = "wrong", _("口令不对")
        WRONG_CODE = "wrong_code", _("动态口令不对")
        LOCKED = "locked", _("锁定中")
        OFF = "off", _("已停用")

    at = models.DateTimeField(_("时间"), db_index=True)
    login = models.CharField(max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, null=True)
    outcome = models.CharField(_("结果"), max_length=20, choices=Outcome.choices)
    ip = models.CharField(_("来源地址"), max_length=45, blank=True)

    class Meta:
        verbose_name = _("登录记录")
