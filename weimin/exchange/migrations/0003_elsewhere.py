import django.db.models.deletion
from django.db import migrations, models

from weimin.walls.operations import BuildWall


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0002_walls'),
        ('health', '0006_parameters'),
    ]

    operations = [
        migrations.CreateModel(
            name='Elsewhere',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region', models.BigIntegerField(db_index=True, verbose_name='所在区划')),
                ('kind', models.CharField(choices=[('value', '测量值'), ('disease', '疾病'), ('visit', '就诊')], max_length=8, verbose_name='种类')),
                ('code', models.CharField(max_length=20, verbose_name='项目')),
                ('value', models.CharField(blank=True, max_length=60, verbose_name='值')),
                ('state', models.CharField(blank=True, max_length=8, verbose_name='情况')),
                ('on', models.DateField(verbose_name='日期')),
                ('place', models.CharField(blank=True, max_length=80, verbose_name='机构')),
                ('key', models.CharField(max_length=200, verbose_name='来源编号')),
                ('exchange', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='elsewhere', to='exchange.exchange', verbose_name='档案交换')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='elsewhere', to='health.healthrecord', verbose_name='健康档案')),
            ],
            options={
                'verbose_name': '外系统记录',
                'indexes': [models.Index(fields=['record', '-on'], name='elsewhere_record')],
                'constraints': [models.UniqueConstraint(fields=('record', 'key'), name='elsewhere_once')],
            },
        ),
        BuildWall("exchange_elsewhere", purpose="health"),
    ]
