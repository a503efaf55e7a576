from django.db import migrations

from weimin.walls.operations import BuildWall


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [
        BuildWall("accounts_post", owner=False),
        BuildWall("accounts_delegation", owner=False),
    ]
