from django.db import migrations

from weimin.walls.operations import BuildWall, GuardMoves

MOVES = [
    ("nominated", "examined"), ("nominated", "refused"), ("nominated", "withdrawn"), ("examined", "chosen"), ("examined", "refused"),
    ("examined", "withdrawn"), ("chosen", "withdrawn"),
]


class Migration(migrations.Migration):
    # The leading group and its members stand in the plan, which every post may read: no wall (walls/data/open_tables.yaml).
    dependencies = [("staffing", "0001_initial")]
    operations = [
        BuildWall("staffing_worker"),
        BuildWall("staffing_filing"),
        BuildWall("staffing_nomination"),
        BuildWall("staffing_appointment"),
        BuildWall("staffing_certificate"),
        GuardMoves("staffing_nomination", "state", MOVES),
    ]
