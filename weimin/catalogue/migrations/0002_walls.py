from django.db import migrations

from weimin.walls.operations import GuardMoves

MOVES = [("draft", "published"), ("draft", "dropped"), ("published", "replaced")]


class Migration(migrations.Migration):
    # What a government serves is public: no wall (walls/data/open_tables.yaml).
    dependencies = [("catalogue", "0001_initial")]
    operations = [GuardMoves("catalogue_itemversion", "state", MOVES)]
