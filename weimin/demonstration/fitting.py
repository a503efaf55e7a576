# text: data
"""A site is fitted out: rooms with what they serve for, equipment and signs, by the words of the plan's own standard."""

from __future__ import annotations

from collections.abc import Collection

from weimin.buildout.models import Project
from weimin.buildout.plan.schema import Standard
from weimin.demonstration.building import reread
from weimin.demonstration.stage import Stage
from weimin.sites.models import Room
from weimin.walls.session import entered


def furnish(stage: Stage, project: Project, who: tuple[str, int], days_ago: int, lacking: Collection[str] = ()) -> None:
    """Everything that the standard of the project's tier asks for, but for what is `lacking` (names of equipment and signs)."""
    project = reread(stage, project)
    standard = project.plan.content.standard_of(project.tier)
    if standard is None or project.site_id is None:
        return
    rooms(stage, standard, project.site_id, who, days_ago, lacking)
    for fitting in (*standard.fittings, *standard.unified):
        for item in fitting.equipment:
            stage.act(who, "sites.add_equipment", {"kind": item.name, "quantity": "1", "working": "on"}, days_ago, target=project.site_id)
        if fitting.label not in lacking:
            data = {"kind": fitting.label, "put_up_on": stage.moment(days_ago).date().isoformat()}
            stage.act(who, "sites.put_up_sign", data, days_ago, target=project.site_id)


def rooms(stage: Stage, standard: Standard, site: int, who: tuple[str, int], days_ago: int, lacking: Collection[str]) -> None:
    for place, room in enumerate(standard.rooms):
        facts = {"name": room.label, "uses": [room.label, *room.also], "boards": room.boards, "area": str(max(60 - place * 5, 15))}
        stage.act(who, "sites.add_room", facts, days_ago, target=site)
    with entered(stage.whole):
        numbers = dict(Room.objects.filter(site=site).values_list("name", "pk"))
    for room in standard.rooms:
        for item in room.equipment:
            if item.required and item.name not in lacking:
                data = {"kind": item.name, "quantity": "1", "room": str(numbers[room.label]), "working": "on"}
                stage.act(who, "sites.add_equipment", data, days_ago, target=site)
