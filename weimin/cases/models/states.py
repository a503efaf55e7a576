"""The words of a case: its state, where it came from, how its papers stand. Stored values never change; labels may."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseState(models.TextChoices):
    """Where a case stands (C-20). From `review` to `deliver` it lies on a desk; the last seven have no desk."""

    RECEIVED = "received", _("已收件，待审查")
    SUPPLEMENT = "supplement", _("待补正")
    REVIEW = "review", _("审核中")
    SITE_CHECK = "site_check", _("现场核查")
    JOINT_REVIEW = "joint_review", _("联合审查")
    PUBLIC_NOTICE = "public_notice", _("公示中")
    DECIDE = "decide", _("待决定")
    CERTIFICATE = "certificate", _("制作结果")
    DELIVER = "deliver", _("待送达")
    DELIVERED = "delivered", _("已送达，待确认")
    ARCHIVED = "archived", _("已归档")
    NOT_NEEDED = "not_needed", _("不需要办理")
    NOT_COMPETENT = "not_competent", _("不属本机关职权")
    DECLINED = "declined", _("不予受理")
    WITHDRAWN = "withdrawn", _("已撤回")


BEFORE = (CaseState.RECEIVED, CaseState.SUPPLEMENT)
STAGES = (
    CaseState.REVIEW, CaseState.SITE_CHECK, CaseState.JOINT_REVIEW, CaseState.PUBLIC_NOTICE, CaseState.DECIDE, CaseState.CERTIFICATE, CaseState.DELIVER,
)  # fmt: skip
OPEN_STATES = (*BEFORE, *STAGES)
CLOSED_STATES = (CaseState.ARCHIVED, CaseState.NOT_NEEDED, CaseState.NOT_COMPETENT, CaseState.DECLINED, CaseState.WITHDRAWN)


class Channel(models.TextChoices):
    """How a case came in."""

    WINDOW = "window", _("窗口")
    HOME = "home", _("上门")
    PORTAL = "portal", _("网上")
    AGENCY = "agency", _("代办")
    API = "api", _("系统对接")


class CaseOutcome(models.TextChoices):
    GRANTED = "granted", _("准予")
    REFUSED = "refused", _("不予")


class MaterialStatus(models.TextChoices):
    """How a paper stands: handed in, missing, may follow by a promised day (C-18), replaced by shared data (C-09), not applicable."""

    RECEIVED = "received", _("已收")
    MISSING = "missing", _("缺")
    DEFERRED = "deferred", _("容缺")
    EXEMPT = "exempt", _("免交")
    UNNEEDED = "unneeded", _("不适用")


class PauseKind(models.TextChoices):
    """Why the clock stands still (X-05; Administrative Licensing Law 45)."""

    SUPPLEMENT = "supplement", _("补正材料")
    NOTICE = "notice", _("公示")
    HEARING = "hearing", _("听证")
    TENDER = "tender", _("招标拍卖")
    INSPECTION = "inspection", _("检验检测检疫")
    APPRAISAL = "appraisal", _("鉴定")
    EXPERTS = "experts", _("专家评审")
    DECIDED = "decided", _("已作出决定")


SPECIAL = [kind for kind in PauseKind if kind not in (PauseKind.SUPPLEMENT, PauseKind.NOTICE, PauseKind.DECIDED)]
