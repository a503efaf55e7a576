from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("calendars", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="LampWarning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("region", models.BigIntegerField(verbose_name="适用区划")),
                ("effective_from", models.DateField(verbose_name="生效日期")),
                ("share", models.PositiveSmallIntegerField(verbose_name="剩余时间占时限的百分之几")),
                ("least", models.PositiveSmallIntegerField(verbose_name="最后几天必定转黄")),
                ("most", models.PositiveSmallIntegerField(verbose_name="最早提前几天")),
                ("fixed", models.PositiveSmallIntegerField(verbose_name="方案写明的日期最早提前几天")),
                ("source", models.CharField(max_length=200, verbose_name="依据")),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                ("person_name", models.CharField(max_length=40, verbose_name="设定人")),
                ("made_at", models.DateTimeField(verbose_name="设定时间")),
            ],
            options={
                "verbose_name": "时限灯规则",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("least__lte", 10), ("share__gte", 5), ("share__lte", 50)), name="lamp_warning_share"),
                    models.CheckConstraint(
                        condition=models.Q(("fixed__gte", 1), ("fixed__lte", 30), ("most__gte", 1), ("most__lte", 30)), name="lamp_warning_days"
                    ),
                ],
            },
        ),
    ]
