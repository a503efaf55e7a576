from django.db import migrations


class Migration(migrations.Migration):
    """Django's own table of content types has a small key; a cluster wants every drawn key to be bigint (scale rules)."""

    dependencies = [("walls", "0001_initial"), ("contenttypes", "0002_remove_content_type_name")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE django_content_type ALTER COLUMN id TYPE bigint",
            "ALTER TABLE django_content_type ALTER COLUMN id TYPE integer",
        ),
    ]
