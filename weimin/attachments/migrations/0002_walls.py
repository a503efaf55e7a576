from django.db import migrations

from weimin.walls.operations import BuildWall


class Migration(migrations.Migration):
    dependencies = [("attachments", "0001_initial")]
    operations = [BuildWall("attachments_attachment")]
