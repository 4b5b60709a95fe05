import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('ledger', '0001_initial'),
        ('members', '0001_initial'),
        ('shop', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PayoutRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('prepared_at', models.DateTimeField()),
                ('minimum_minor', models.BigIntegerField(default=0)),
                ('currency', models.CharField(max_length=3)),
                ('prepared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payout_runs', to='members.shop')),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('minimum_minor__gte', 0)), name='minimum_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('seq_from', models.BigIntegerField()),
                ('seq_to', models.BigIntegerField()),
                ('cut_on', models.DateField()),
                ('currency', models.CharField(max_length=3)),
                ('opening_minor', models.BigIntegerField()),
                ('sold_minor', models.BigIntegerField()),
                ('refunded_minor', models.BigIntegerField()),
                ('other_minor', models.BigIntegerField()),
                ('paid_minor', models.BigIntegerField()),
                ('closing_minor', models.BigIntegerField()),
                ('units', models.BigIntegerField()),
                ('lines', models.IntegerField()),
                ('prev_hash', models.BinaryField(max_length=32)),
                ('hash', models.BinaryField(max_length=32)),
                ('made_at', models.DateTimeField()),
                ('consignor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='members.party')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='members.shop')),
            ],
            options={
                'ordering': ['-seq_to', 'consignor_id'],
                'indexes': [models.Index(fields=['shop', 'seq_to'], name='statement_by_cut')],
                'constraints': [models.UniqueConstraint(fields=('shop', 'consignor', 'number'), name='one_statement_a_number'), models.UniqueConstraint(fields=('shop', 'consignor', 'seq_from'), name='one_statement_a_cut'), models.CheckConstraint(condition=models.Q(('closing_minor', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('opening_minor'), '+', models.F('sold_minor')), '-', models.F('refunded_minor')), '+', models.F('other_minor')), '-', models.F('paid_minor')))), name='statement_adds_up'), models.CheckConstraint(condition=models.Q(('seq_to__gt', models.F('seq_from'))), name='statement_goes_forward'), models.CheckConstraint(condition=models.Q(('refunded_minor__gte', 0), ('sold_minor__gte', 0)), name='sold_and_refunded_positive')],
            },
        ),
        migrations.CreateModel(
            name='Payout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.PositiveSmallIntegerField(default=1)),
                ('amount_minor', models.BigIntegerField()),
                ('consignor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payouts', to='members.party')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payouts', to='payouts.payoutrun')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payouts', to='payouts.statement')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('statement', 'part'), name='one_payout_a_part'), models.UniqueConstraint(fields=('run', 'consignor'), name='one_payout_a_list'), models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='payout_positive')],
            },
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('method', models.CharField(choices=[('cash', 'cash'), ('bank', 'bank transfer')], max_length=4)),
                ('paid_on', models.DateField()),
                ('at', models.DateTimeField()),
                ('approved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                ('mandate', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='members.mandate')),
                ('paid_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='money_paid', to='members.party')),
                ('payee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='money_received', to='members.party')),
                ('transfer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='handover', to='ledger.transfer')),
                ('payout', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='handover', to='payouts.payout')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('payee', models.F('paid_by')), _negated=True), models.Q(('payee', models.F('approved_by')), _negated=True), models.Q(('paid_by', models.F('approved_by')), _negated=True)), name='invariant_7_three_people')],
            },
        ),
        migrations.CreateModel(
            name='Acknowledgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('how', models.CharField(choices=[('signature', 'signature'), ('finger', 'fingerprint'), ('message', 'answer to a message'), ('page', "on one's own page")], max_length=10)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                ('handover', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='acknowledgement', to='payouts.handover')),
            ],
        ),
        migrations.CreateModel(
            name='PayoutCancellation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('reason', models.CharField(max_length=300)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                ('payout', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='cancellation', to='payouts.payout')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='cancellation_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='PayoutApproval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                ('run', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='approval', to='payouts.payoutrun')),
            ],
        ),
        migrations.CreateModel(
            name='PayoutTerms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('currency', models.CharField(max_length=3)),
                ('least_minor', models.BigIntegerField(default=0)),
                ('answer_days', models.PositiveSmallIntegerField(default=14)),
                ('since', models.DateField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
            ],
            options={
                'ordering': ['-since', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('answer_days__gte', 1), ('answer_days__lte', 90), ('least_minor__gte', 0)), name='payout_terms_in_bounds')],
            },
        ),
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=500)),
                ('raised_at', models.DateTimeField()),
                ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='members.party')),
                ('sale_line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='shop.saleline')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='payouts.statement')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='dispute_has_words')],
            },
        ),
        migrations.CreateModel(
            name='DisputeOutcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(choices=[('upheld', 'upheld'), ('dismissed', 'dismissed')], max_length=9)),
                ('amount_minor', models.BigIntegerField(default=0)),
                ('at', models.DateTimeField()),
                ('reason', models.CharField(max_length=300)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                ('dispute', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='outcome', to='payouts.dispute')),
                ('transfer', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='dispute_outcome', to='ledger.transfer')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='outcome_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('amount_minor', 0), ('transfer__isnull', True), ('verdict', 'dismissed')), models.Q(('transfer__isnull', False), ('verdict', 'upheld'), models.Q(('amount_minor', 0), _negated=True)), _connector='OR'), name='outcome_fits_verdict')],
            },
        ),
    ]
