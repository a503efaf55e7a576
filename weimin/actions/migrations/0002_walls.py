from django.db import migrations

from weimin.walls.operations import BuildPersonalWall


class Migration(migrations.Migration):
    dependencies = [("actions", "0001_initial")]
    operations = [
        BuildPersonalWall("actions_receipt"),
        BuildPersonalWall("actions_draft"),
    ]
