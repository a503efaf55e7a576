from django.db import migrations

from weimin.walls.operations import BuildWall, GuardMoves, KeepForever

MOVES = [("planned", "held"), ("planned", "cancelled")]
TABLES = (
    "activity", "yearplan", "material", "materialmove", "board", "boardissue", "letterdelivery", "quiz", "quizcount", "kitreceipt", "kitstock",
)  # fmt: skip
OF_RESIDENTS = ("signin", "kithandout")


class Migration(migrations.Migration):
    dependencies = [("education", "0001_initial")]
    operations = [
        *(BuildWall(f"education_{table}") for table in TABLES),
        *(BuildWall(f"education_{table}", purpose="residents") for table in OF_RESIDENTS),
        GuardMoves("education_activity", "state", MOVES),
        KeepForever("education_letter"),
        KeepForever("education_materialmove"),
        KeepForever("education_kitreceipt"),
    ]
