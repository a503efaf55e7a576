from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("health", "0008_next_day")]
    operations = [
        migrations.AlterField(
            model_name="due",
            name="kind",
            field=models.CharField(
                choices=[("visit", "随访"), ("examination", "体检"), ("referral", "追踪转诊"), ("measure", "测血压")], max_length=12, verbose_name="种类"
            ),
        )
    ]
