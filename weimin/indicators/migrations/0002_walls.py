from django.db import migrations

from weimin.walls.operations import BuildWall


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial")]
    operations = [BuildWall("indicators_value")]
