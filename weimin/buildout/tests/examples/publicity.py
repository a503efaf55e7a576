"""One valid use of each action of publicity."""

from weimin.actions.examples import Example
from weimin.buildout.models import Campaign
from weimin.buildout.tests.siting_builders import plan_in_force

WALL = {"channel": "wall_slogan", "place": "村口公路边", "text": "工业品下乡、农产品进城", "starts_on": "2026-11-20"}


def make_campaign(plan, region, **over):
    facts = {
        "channel": "sms",
        "place": "全村手机用户",
        "text": "服务站开业通知",
        "starts_on": "2026-11-20",
        "recorded_by": "张三",
        "recorded_at": "2026-11-20T09:00:00+08:00",
    }
    return Campaign.objects.create(plan=plan, region=region, **(facts | over))


EXAMPLES = {
    "buildout.record_campaign": Example("township", lambda actor, region: (plan_in_force().pk, WALL | {"where": str(region)})),
    "buildout.count_reach": Example(
        "township", lambda actor, region: (make_campaign(plan_in_force(), region).pk, {"reached": "860"}),
        wrong=lambda actor, region: (make_campaign(plan_in_force(), region, starts_on="2027-01-01").pk, {"reached": "860"}),
    ),
}  # fmt: skip
