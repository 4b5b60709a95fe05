import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

from ayil.kit.migrating import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('ledger', '0001_initial'),
        ('members', '0001_initial'),
        ('products', '0001_initial'),
        ('shop', '0001_initial'),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name='BankTemplate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80)),
                        ('version', models.PositiveSmallIntegerField()),
                        ('separator', models.CharField(choices=[(';', 'semicolon'), (',', 'comma'), ('\t', 'tab'), ('|', 'vertical bar')], default=';', max_length=1)),
                        ('encoding', models.CharField(choices=[('utf-8', 'UTF-8'), ('utf-8-sig', 'UTF-8 with a mark at the beginning'), ('cp1251', 'Windows-1251')], default='utf-8-sig', max_length=9)),
                        ('decimal_mark', models.CharField(choices=[('.', 'point'), (',', 'comma')], default='.', max_length=1)),
                        ('date_form', models.CharField(choices=[('%d.%m.%Y', '31.12.2012'), ('%Y-%m-%d', '2012-12-31'), ('%Y%m%d', '20121231')], default='%d.%m.%Y', max_length=8)),
                        ('has_head', models.BooleanField(default=True)),
                        ('purpose', models.CharField(max_length=200)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                    ],
                    options={
                        'ordering': ['name', '-version'],
                        'constraints': [models.UniqueConstraint(fields=('name', 'version'), name='one_template_a_version')],
                    },
                ),
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
                    name='BankFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('on', models.DateField()),
                        ('rows', models.PositiveIntegerField()),
                        ('total_minor', models.BigIntegerField()),
                        ('sha256', models.CharField(max_length=64)),
                        ('at', models.DateTimeField()),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('template', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='payouts.banktemplate')),
                        ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bank_files', to='payouts.payoutrun')),
                    ],
                    options={
                        'ordering': ['id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('rows__gt', 0), ('total_minor__gt', 0)), name='bank_file_pays')],
                    },
                ),
                migrations.CreateModel(
                    name='BankColumn',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('place', models.PositiveSmallIntegerField()),
                        ('head', models.CharField(blank=True, max_length=80)),
                        ('what', models.CharField(choices=[('row', 'number of the row'), ('account', 'account of the payee'), ('owner', 'name of the payee, as the bank writes it'), ('inn', 'tax number (INN) of the payee'), ('bank', "the payee's bank"), ('bic', "the bank's code (BIC)"), ('amount', 'amount'), ('currency', 'currency'), ('date', 'day of the file'), ('purpose', 'what the money is for'), ('reference', 'number of the payout'), ('fixed', 'always the same words')], max_length=9)),
                        ('words', models.CharField(blank=True, max_length=120)),
                        ('template', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='columns', to='payouts.banktemplate')),
                    ],
                    options={
                        'ordering': ['template_id', 'place'],
                        'constraints': [models.UniqueConstraint(fields=('template', 'place'), name='one_column_a_place')],
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
                    name='SharingRule',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('since', models.DateField()),
                        ('parts', models.PositiveIntegerField()),
                        ('decided_by', models.CharField(max_length=200)),
                        ('paper', models.CharField(max_length=200)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sharing_rules', to='members.party')),
                    ],
                    options={
                        'ordering': ['community_id', 'since', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('paper', ''), _negated=True), models.Q(('decided_by', ''), _negated=True)), name='sharing_rule_is_on_paper')],
                    },
                ),
                migrations.CreateModel(
                    name='GroupSheet',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('amount_minor', models.BigIntegerField()),
                        ('unit_minor', models.PositiveIntegerField()),
                        ('parts', models.PositiveIntegerField()),
                        ('box_minor', models.BigIntegerField()),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('handover', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sheet', to='payouts.handover')),
                        ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='payouts.sharingrule')),
                    ],
                    options={
                        'ordering': ['id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('box_minor__gte', 0), ('box_minor__lte', models.F('amount_minor')), ('unit_minor__gt', 0)), name='box_is_a_rest')],
                    },
                ),
                migrations.CreateModel(
                    name='GroupSheetLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('parts', models.PositiveIntegerField()),
                        ('amount_minor', models.BigIntegerField()),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheet_lines', to='members.party')),
                        ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='payouts.groupsheet')),
                    ],
                    options={
                        'ordering': ['sheet_id', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('sheet', 'person'), name='one_sheet_line_a_member'), models.CheckConstraint(condition=models.Q(('amount_minor__gte', 0), ('parts__gt', 0)), name='sheet_line_not_negative')],
                    },
                ),
                migrations.CreateModel(
                    name='PayeeAccount',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.CharField(blank=True, max_length=34)),
                        ('last_four', models.CharField(max_length=4)),
                        ('owner_name', models.CharField(blank=True, max_length=160)),
                        ('bank_name', models.CharField(max_length=120)),
                        ('bic', models.CharField(blank=True, max_length=11)),
                        ('inn', models.CharField(blank=True, max_length=14)),
                        ('paper', models.CharField(max_length=200)),
                        ('at', models.DateTimeField()),
                        ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bank_accounts', to='members.party')),
                        ('typed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                    ],
                    options={
                        'ordering': ['-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('paper', ''), _negated=True), name='account_has_paper')],
                    },
                ),
                migrations.CreateModel(
                    name='PayeeAccountCheck',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('account', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='confirmation', to='payouts.payeeaccount')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                    ],
                ),
                migrations.CreateModel(
                    name='PayeeAccountEnd',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('reason', models.CharField(max_length=300)),
                        ('account', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='payouts.payeeaccount')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='account_end_has_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='BankFileLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('place', models.PositiveIntegerField()),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='payouts.bankfile')),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='payouts.payeeaccount')),
                        ('payout', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='bank_line', to='payouts.payout')),
                    ],
                    options={
                        'ordering': ['file_id', 'place'],
                        'constraints': [models.UniqueConstraint(fields=('file', 'place'), name='one_bank_line_a_place')],
                    },
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
                    name='PayoutPaper',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sha256', models.CharField(max_length=64)),
                        ('media_type', models.CharField(max_length=40)),
                        ('size_bytes', models.BigIntegerField()),
                        ('words', models.CharField(blank=True, max_length=200)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='payouts.payoutrun')),
                    ],
                    options={
                        'ordering': ['id'],
                        'constraints': [models.UniqueConstraint(fields=('run', 'sha256'), name='one_paper_once_a_list'), models.CheckConstraint(condition=models.Q(('size_bytes__gt', 0)), name='paper_not_empty'), models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='paper_has_hash')],
                    },
                ),
                migrations.CreateModel(
                    name='Acknowledgement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('how', models.CharField(choices=[('signature', 'signature'), ('finger', 'fingerprint'), ('message', 'answer to a message'), ('page', "on one's own page")], max_length=10)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('handover', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='acknowledgement', to='payouts.handover')),
                        ('paper', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signed', to='payouts.payoutpaper')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('recorded_by__isnull', True), models.Q(('paper__isnull', False), models.Q(('recorded_by', models.F('by')), _negated=True)), _connector='OR'), name='acknowledged_for_another_on_paper')],
                    },
                ),
                migrations.CreateModel(
                    name='PayoutReturn',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('on', models.DateField()),
                        ('at', models.DateTimeField()),
                        ('reason', models.CharField(max_length=300)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('handover', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='came_back', to='payouts.handover')),
                        ('transfer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='payout_return', to='ledger.transfer')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='return_has_reason')],
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
                    name='MemberShare',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('parts', models.PositiveIntegerField()),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='group_shares', to='members.party')),
                        ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='payouts.sharingrule')),
                    ],
                    options={
                        'ordering': ['rule_id', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('rule', 'person'), name='one_share_a_member'), models.CheckConstraint(condition=models.Q(('parts__gt', 0), ('parts__lte', 10000)), name='share_in_bounds')],
                    },
                ),
                migrations.CreateModel(
                    name='StatementItem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('commission_bp', models.PositiveIntegerField()),
                        ('fees_bp', models.PositiveIntegerField()),
                        ('lines', models.IntegerField()),
                        ('units', models.BigIntegerField()),
                        ('refunded_units', models.BigIntegerField()),
                        ('gross_minor', models.BigIntegerField()),
                        ('commission_minor', models.BigIntegerField()),
                        ('fees_minor', models.BigIntegerField()),
                        ('loss_minor', models.BigIntegerField()),
                        ('share_minor', models.BigIntegerField()),
                        ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='payouts.statement')),
                        ('variant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='products.variant')),
                    ],
                    options={
                        'ordering': ['statement_id', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('statement', 'variant', 'commission_bp', 'fees_bp'), name='one_item_a_thing_and_terms'), models.CheckConstraint(condition=models.Q(('gross_minor', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('share_minor'), '+', models.F('commission_minor')), '+', models.F('fees_minor')), '+', models.F('loss_minor')))), name='invariant_2_item_adds_up')],
                    },
                ),
                migrations.CreateModel(
                    name='StatementMove',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='payouts.statement')),
                        ('transfer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='statement_move', to='ledger.transfer')),
                    ],
                    options={
                        'ordering': ['statement_id', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='StatementPage',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('page', models.PositiveIntegerField()),
                        ('seq', models.BigIntegerField()),
                        ('line', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shop.saleline')),
                        ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='page_marks', to='payouts.statement')),
                    ],
                    options={
                        'ordering': ['statement_id', 'page'],
                        'constraints': [models.UniqueConstraint(fields=('statement', 'page'), name='one_mark_a_page'), models.CheckConstraint(condition=models.Q(('page__gte', 2)), name='first_page_needs_no_mark')],
                    },
                ),
            ]
        ),
    ]
