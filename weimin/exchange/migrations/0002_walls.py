from django.db import migrations

from weimin.walls.operations import BuildWall, GuardMoves

EXCHANGE_MOVES = [("waiting", "applied"), ("waiting", "dropped")]


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial")]
    operations = [
        BuildWall("exchange_exchange", purpose="health"),
        BuildWall("exchange_origin", purpose="health"),
        BuildWall("exchange_formernumber", purpose="health"),
        GuardMoves("exchange_exchange", "state", EXCHANGE_MOVES),
    ]
