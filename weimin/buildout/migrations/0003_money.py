import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

from weimin.walls.operations import KeepForever


class Migration(migrations.Migration):

    dependencies = [
        ('buildout', '0002_walls'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='bulletin',
            options={'ordering': ['-number'], 'verbose_name': '阶段通报'},
        ),
        migrations.AlterModelOptions(
            name='invoice',
            options={'ordering': ['issued_on', 'pk'], 'verbose_name': '发票'},
        ),
        migrations.RemoveConstraint(
            model_name='allocation',
            name='allocation_not_over',
        ),
        migrations.RemoveConstraint(
            model_name='consequence',
            name='consequence_once',
        ),
        migrations.RemoveConstraint(
            model_name='consequence',
            name='consequence_decided',
        ),
        migrations.AddField(
            model_name='allocation',
            name='withdrawn_at',
            field=models.DateTimeField(null=True, verbose_name='收回时间'),
        ),
        migrations.AddField(
            model_name='allocation',
            name='withdrawn_by',
            field=models.CharField(blank=True, max_length=60, verbose_name='收回经办人'),
        ),
        migrations.AddField(
            model_name='allocation',
            name='withdrawn_fen',
            field=models.BigIntegerField(default=0, verbose_name='已收回'),
        ),
        migrations.AddField(
            model_name='allocation',
            name='withdrawn_reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='收回理由'),
        ),
        migrations.AddField(
            model_name='bulletin',
            name='document_number',
            field=models.CharField(blank=True, max_length=60, verbose_name='发文字号'),
        ),
        migrations.AddField(
            model_name='consequence',
            name='paid_at',
            field=models.DateTimeField(null=True, verbose_name='付款时间'),
        ),
        migrations.AddField(
            model_name='consequence',
            name='paid_by',
            field=models.CharField(blank=True, max_length=60, verbose_name='付款经办人'),
        ),
        migrations.AddField(
            model_name='consequence',
            name='payee',
            field=models.CharField(blank=True, max_length=100, verbose_name='收款方'),
        ),
        migrations.AddField(
            model_name='consequence',
            name='voucher',
            field=models.CharField(blank=True, max_length=60, verbose_name='凭证号'),
        ),
        migrations.AddField(
            model_name='disbursement',
            name='invoiced_fen',
            field=models.BigIntegerField(default=0, verbose_name='发票合计'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='disbursement',
            name='standard_fen',
            field=models.BigIntegerField(default=0, verbose_name='标准'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='invoice',
            name='voided_by',
            field=models.CharField(blank=True, max_length=60, verbose_name='作废人'),
        ),
        migrations.AlterField(
            model_name='consequence',
            name='state',
            field=models.CharField(choices=[('due', '待决定'), ('decided', '已决定'), ('waived', '不予执行'), ('lapsed', '条件已不成立')], default='due', max_length=8),
        ),
        migrations.AlterField(
            model_name='disbursement',
            name='acceptance',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='disbursement', to='buildout.acceptance', verbose_name='验收记录'),
        ),
        migrations.AddConstraint(
            model_name='allocation',
            constraint=models.UniqueConstraint(fields=('budget', 'region', 'document_number'), name='allocation_document_once'),
        ),
        migrations.AddConstraint(
            model_name='allocation',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gte', django.db.models.expressions.CombinedExpression(models.F('disbursed_fen'), '+', models.F('withdrawn_fen'))), ('disbursed_fen__gte', 0), ('withdrawn_fen__gte', 0)), name='allocation_not_over'),
        ),
        migrations.AddConstraint(
            model_name='allocation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_fen', 0)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_fen__gt', 0), models.Q(('withdrawn_by', ''), _negated=True), models.Q(('withdrawn_reason', ''), _negated=True)), _connector='OR'), name='allocation_withdrawn_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.UniqueConstraint(fields=('plan', 'key', 'on'), name='bulletin_day_once'),
        ),
        migrations.AddConstraint(
            model_name='consequence',
            constraint=models.UniqueConstraint(fields=('project', 'kind', 'key'), name='consequence_once'),
        ),
        migrations.AddConstraint(
            model_name='consequence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state__in', ['due', 'lapsed'])), models.Q(('decided_at__isnull', False), ('state__in', ['decided', 'waived']), models.Q(('decided_by', ''), _negated=True)), _connector='OR'), name='consequence_decided'),
        ),
        migrations.AddConstraint(
            model_name='consequence',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__isnull', True), ('amount_fen__gt', 0), _connector='OR'), name='consequence_amount'),
        ),
        migrations.AddConstraint(
            model_name='consequence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paid_at__isnull', True), ('paid_by', ''), ('voucher', '')), models.Q(('amount_fen__isnull', False), ('kind', 'reward'), ('paid_at__isnull', False), ('state', 'decided'), models.Q(('voucher', ''), _negated=True), models.Q(('paid_by', ''), _negated=True), models.Q(('payee', ''), _negated=True)), _connector='OR'), name='consequence_paid'),
        ),
        migrations.AddConstraint(
            model_name='consequence',
            constraint=models.UniqueConstraint(condition=models.Q(('voucher', ''), _negated=True), fields=('voucher',), name='consequence_voucher_once'),
        ),
        migrations.AddConstraint(
            model_name='disbursement',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__lte', models.F('standard_fen'))), name='disbursement_not_over_standard'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('voided_at__isnull', True), ('voided_by', ''), ('voided_reason', '')), models.Q(('voided_at__isnull', False), models.Q(('voided_by', ''), _negated=True), models.Q(('voided_reason', ''), _negated=True)), _connector='OR'), name='invoice_voided_by_somebody'),
        ),
        KeepForever("buildout_bulletin"),
    ]
