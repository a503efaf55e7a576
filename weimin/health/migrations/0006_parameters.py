from django.db import migrations, models

from weimin.walls.operations import KeepForever


class Migration(migrations.Migration):
    dependencies = [("health", "0005_seen")]
    operations = [
        migrations.CreateModel(
            name="ParameterValue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("region", models.BigIntegerField(db_index=True, verbose_name="所在区划")),
                ("key", models.CharField(max_length=80, verbose_name="参数")),
                ("value", models.CharField(max_length=120, verbose_name="值")),
                ("effective_from", models.DateField(verbose_name="生效日期")),
                ("source", models.CharField(max_length=200, verbose_name="依据")),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                ("confirms", models.BooleanField(default=False, verbose_name="确认原值")),
                ("person", models.BigIntegerField(default=0, verbose_name="办理人编号")),
                ("person_name", models.CharField(max_length=40, verbose_name="办理人")),
                ("post_label", models.CharField(blank=True, max_length=80, verbose_name="岗位")),
                ("made_at", models.DateTimeField(verbose_name="办理时间")),
            ],
            options={
                "verbose_name": "参数值",
                "indexes": [models.Index(fields=["key", "effective_from"], name="parameter_value_key")],
            },
        ),
        KeepForever("health_parametervalue"),
    ]
