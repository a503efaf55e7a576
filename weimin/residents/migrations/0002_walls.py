from django.db import migrations

from weimin.walls.operations import BuildWall, GuardMoves

MOVES = [
    ("living", "moved_out"), ("living", "dead"), ("living", "merged"), ("moved_out", "living"), ("moved_out", "dead"), ("moved_out", "merged"),
    ("dead", "living"), ("dead", "merged"), ("merged", "living"), ("merged", "moved_out"), ("merged", "dead"),
]  # fmt: skip
TABLES = ("household", "resident", "membership", "groupmembership", "visit", "lifeevent", "transfer", "merge", "duplicate")
TRANSFER_MOVES = [("sent", "accepted"), ("sent", "returned"), ("sent", "withdrawn"), ("withdrawn", "accepted")]


class Migration(migrations.Migration):
    dependencies = [("residents", "0001_initial")]
    operations = [
        *(BuildWall(f"residents_{table}", purpose="residents") for table in TABLES),
        GuardMoves("residents_resident", "status", MOVES),
        GuardMoves("residents_transfer", "state", TRANSFER_MOVES),
    ]
