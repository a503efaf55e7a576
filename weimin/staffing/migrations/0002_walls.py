from django.db import migrations

from weimin.walls.operations import BuildWall, GuardMoves

MOVES = [
    ("nominated", "examined"), ("nominated", "withdrawn"), ("examined", "chosen"), ("examined", "refused"), ("examined", "withdrawn"),
]


class Migration(migrations.Migration):
    dependencies = [("staffing", "0001_initial")]
    operations = [
        BuildWall("staffing_worker"),
        BuildWall("staffing_nomination"),
        BuildWall("staffing_appointment"),
        BuildWall("staffing_certificate"),
        BuildWall("staffing_leadinggroup"),
        BuildWall("staffing_groupmember"),
        GuardMoves("staffing_nomination", "state", MOVES),
    ]
