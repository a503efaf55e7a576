from django.db import migrations

from weimin.walls.operations import BuildWall, GuardMoves

MOVES = [
    ("living", "moved_out"), ("living", "dead"), ("living", "merged"), ("moved_out", "living"), ("moved_out", "dead"), ("moved_out", "merged"),
    ("dead", "living"), ("dead", "merged"), ("merged", "living"), ("merged", "moved_out"), ("merged", "dead"),
]


class Migration(migrations.Migration):
    dependencies = [("residents", "0001_initial")]
    operations = [
        BuildWall("residents_household", purpose="residents"),
        BuildWall("residents_resident", purpose="residents"),
        BuildWall("residents_membership", purpose="residents"),
        BuildWall("residents_groupmembership", purpose="residents"),
        GuardMoves("residents_resident", "status", MOVES),
    ]
