from django.db import migrations

from weimin.walls.operations import BuildPersonalWall, BuildWall


class Migration(migrations.Migration):
    dependencies = [("flows", "0001_initial")]
    operations = [
        BuildWall("flows_step"),
        BuildPersonalWall("flows_watch"),
    ]
