from django.db import migrations

from weimin.walls.operations import BuildWall, GuardMoves

MOVES = [
    ("planned", "building"), ("planned", "open"), ("planned", "closed"), ("building", "open"), ("building", "closed"), ("building", "suspended"),
    ("open", "suspended"), ("open", "closed"), ("suspended", "open"), ("suspended", "building"), ("suspended", "closed"),
]


class Migration(migrations.Migration):
    dependencies = [("sites", "0001_initial")]
    operations = [
        BuildWall("sites_site"),
        BuildWall("sites_room"),
        BuildWall("sites_equipment"),
        BuildWall("sites_sign"),
        GuardMoves("sites_site", "state", MOVES),
    ]
