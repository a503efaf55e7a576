from django.db import migrations

from weimin.walls.operations import BuildWall, GuardMoves

CARE_MOVES = [
    ("suspected", "managed"), ("suspected", "ended"), ("managed", "lost"), ("managed", "ended"), ("lost", "managed"), ("lost", "ended"), ("ended", "managed"),
]
DUE_MOVES = [("open", "done"), ("open", "cancelled")]


class Migration(migrations.Migration):
    dependencies = [("health", "0001_initial")]
    operations = [
        BuildWall("health_healthrecord", purpose="health"),
        BuildWall("health_recordserial"),
        BuildWall("health_care", purpose="health"),
        BuildWall("health_due", purpose="health"),
        BuildWall("health_visit", purpose="health"),
        BuildWall("health_visitoutcome", purpose="health"),
        GuardMoves("health_care", "state", CARE_MOVES),
        GuardMoves("health_due", "state", DUE_MOVES),
    ]
