from django.db import migrations

from weimin.walls.operations import BuildWall


class Migration(migrations.Migration):
    # Tokens are read at the door before anybody is known, like posts: the owner of the table is not held to the wall.
    # Webhooks are asked by every write wherever the writer sits: no wall (walls/data/open_tables.yaml).
    dependencies = [("api", "0001_initial")]
    operations = [
        BuildWall("api_token", owner=False),
        BuildWall("api_delivery"),
        BuildWall("api_deliveryattempt"),
    ]
