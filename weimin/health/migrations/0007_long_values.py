from django.db import migrations, models


class Migration(migrations.Migration):
    """A value may be a list."""

    dependencies = [("health", "0006_parameters")]
    operations = [
        migrations.AlterField(model_name="parametervalue", name="value", field=models.CharField(max_length=1500, verbose_name="值")),
    ]
