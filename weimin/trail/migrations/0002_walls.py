from django.db import migrations

from weimin.walls.operations import BuildWall, KeepForever


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_initial")]
    operations = [
        BuildWall("trail_entry"),
        KeepForever("trail_entry"),
        KeepForever("trail_seal"),
    ]
