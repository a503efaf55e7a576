"""The leading group that the plan names."""

from __future__ import annotations

from weimin.buildout.models import Plan
from weimin.buildout.plan.schema import Plan as PlanData
from weimin.staffing.models import GroupMember, LeadingGroup


def store_leading_group(plan: Plan, data: PlanData) -> int:
    group = data.leading_group
    if group is None:
        return 0
    office = group.office
    row, _made = LeadingGroup.objects.update_or_create(
        plan=plan.pk,
        defaults={
            "region": plan.region, "name": group.label, "set_up_by": group.set_up_by, "duties": [duty.text for duty in group.duties],
            "office": office.label if office else "", "director": office.director if office else "", "office_duties": list(office.duties) if office else [],
        },
    )  # fmt: skip
    row.members.all().delete()
    GroupMember.objects.bulk_create(
        GroupMember(
            group=row,
            region=plan.region,
            name=member.name,
            post=member.post,
            seat=member.seat,
            duties=list(member.duties),
            position=position,
        )
        for position, member in enumerate(group.members)
    )
    return len(group.members)
