from django.db import migrations

from weimin.walls.operations import BuildWall, GuardMoves

MOVES = [
    ("waiting", "checking"), ("checking", "checked"), ("checking", "refused"), ("checked", "ready"), ("ready", "writing"), ("writing", "done"),
    ("writing", "refused"), ("ready", "refused"), ("waiting", "refused"), ("waiting", "cancelled"), ("checking", "cancelled"), ("checked", "cancelled"),
    ("ready", "cancelled"), ("writing", "cancelled"),
]


class Migration(migrations.Migration):
    dependencies = [("residents", "0003_imports")]
    operations = [
        BuildWall("residents_import", purpose="residents"),
        BuildWall("residents_importfile", purpose="residents"),
        BuildWall("residents_importpart", purpose="residents"),
        GuardMoves("residents_import", "state", MOVES),
    ]
