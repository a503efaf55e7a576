from django.db import migrations

from weimin.walls.operations import BuildWall


class Migration(migrations.Migration):
    dependencies = [("messages", "0001_initial")]
    operations = [BuildWall("messages_message"), BuildWall("messages_outbox"), BuildWall("messages_attempt")]
