from django.db import migrations

from weimin.walls.operations import BuildWall, GuardMoves

CHECK_MOVES = [("to_check", "explained"), ("to_check", "corrected")]


class Migration(migrations.Migration):
    dependencies = [("health", "0003_checks")]
    operations = [
        BuildWall("health_valuecheck", purpose="health"),
        BuildWall("health_selfcare", purpose="health"),
        BuildWall("health_recordmerge", purpose="health"),
        GuardMoves("health_valuecheck", "state", CHECK_MOVES),
    ]
