import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

from ayil.kit.migrating import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('consignment', '0001_initial'),
        ('members', '0001_initial'),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name='Device',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.SlugField(max_length=40, unique=True)),
                        ('token_hash', models.BinaryField(max_length=32)),
                        ('enrolled_at', models.DateTimeField()),
                        ('enrolled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='devices', to='members.shop')),
                    ],
                ),
                migrations.CreateModel(
                    name='TillEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('epoch', models.IntegerField()),
                        ('seq', models.BigIntegerField()),
                        ('nonce', models.BinaryField(db_index=True, max_length=16)),
                        ('prev_hash', models.BinaryField(max_length=32)),
                        ('hash', models.BinaryField(max_length=32, unique=True)),
                        ('kind', models.CharField(max_length=20)),
                        ('business_date', models.DateField()),
                        ('body', models.BinaryField()),
                        ('received_at', models.DateTimeField()),
                        ('device', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='shop.device')),
                    ],
                    options={
                        'ordering': ['id'],
                        'indexes': [models.Index(fields=['device', 'epoch', 'seq'], name='event_number')],
                    },
                ),
                migrations.CreateModel(
                    name='SealingKey',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_spki', models.BinaryField(max_length=1000)),
                        ('salt', models.BinaryField(max_length=16)),
                        ('iv', models.BinaryField(max_length=12)),
                        ('box', models.BinaryField(max_length=4000)),
                        ('made_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['id'],
                    },
                ),
                migrations.CreateModel(
                    name='Application',
                    fields=[
                        ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='application', serialize=False, to='shop.tillevent')),
                        ('applied_at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='Intake',
                    fields=[
                        ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='intake', serialize=False, to='shop.tillevent')),
                        ('note', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='intakes', to='consignment.consignmentnote')),
                    ],
                ),
                migrations.CreateModel(
                    name='CashMovement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('shift', models.CharField(max_length=40)),
                        ('date', models.DateField()),
                        ('amount_minor', models.BigIntegerField()),
                        ('reason', models.CharField(max_length=200)),
                        ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='cash', to='shop.tillevent')),
                        ('device', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cash_movements', to='shop.device')),
                    ],
                ),
                migrations.CreateModel(
                    name='DeviceEnd',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('device', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='shop.device')),
                    ],
                ),
                migrations.CreateModel(
                    name='DeviceStart',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('epoch', models.IntegerField()),
                        ('public_key', models.BinaryField(blank=True, max_length=65)),
                        ('started_at', models.DateTimeField()),
                        ('device', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='starts', to='shop.device')),
                    ],
                    options={
                        'ordering': ['device_id', 'epoch'],
                        'constraints': [models.UniqueConstraint(fields=('device', 'epoch'), name='one_start_an_epoch')],
                    },
                ),
                migrations.CreateModel(
                    name='EventException',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('fingerprint', models.BinaryField(max_length=32)),
                        ('raw', models.BinaryField(blank=True, null=True)),
                        ('code', models.CharField(max_length=30)),
                        ('words', models.CharField(max_length=500)),
                        ('waits_for', models.BinaryField(blank=True, max_length=32, null=True)),
                        ('waits_for_label', models.CharField(blank=True, max_length=60)),
                        ('applied', models.BooleanField(default=False)),
                        ('raised_at', models.DateTimeField()),
                        ('device', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exceptions', to='shop.device')),
                        ('event', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='exceptions', to='shop.tillevent')),
                    ],
                    options={
                        'ordering': ['id'],
                        'constraints': [models.UniqueConstraint(fields=('fingerprint', 'code'), name='one_exception_a_cause'), models.CheckConstraint(condition=models.Q(('event__isnull', False), ('raw__isnull', False), _connector='OR'), name='exception_has_event_or_raw')],
                    },
                ),
                migrations.CreateModel(
                    name='ExceptionClearing',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('note', models.CharField(max_length=300)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('exception', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='clearing', to='shop.eventexception')),
                    ],
                ),
                migrations.CreateModel(
                    name='FiscalNumber',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sale', models.BinaryField(db_index=True, max_length=32)),
                        ('register', models.CharField(max_length=40)),
                        ('number', models.CharField(max_length=60)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('event', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='fiscal_number', to='shop.tillevent')),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fiscal_numbers', to='members.shop')),
                    ],
                    options={
                        'ordering': ['id'],
                        'indexes': [models.Index(fields=['shop', 'number'], name='fiscal_by_number')],
                    },
                ),
                migrations.CreateModel(
                    name='LabelMeant',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('label', models.CharField(max_length=60)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='labels_meant', to='shop.tillevent')),
                        ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consignment.lot')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('event', 'label'), name='one_meaning_a_label')],
                    },
                ),
                migrations.CreateModel(
                    name='LogTaking',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sha256', models.BinaryField(max_length=32)),
                        ('events', models.PositiveIntegerField()),
                        ('new', models.PositiveIntegerField()),
                        ('exceptions', models.PositiveIntegerField()),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('device', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='takings', to='shop.device')),
                    ],
                ),
                migrations.CreateModel(
                    name='MoneyMove',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField()),
                        ('kind', models.CharField(choices=[('to-bank', 'From the safe to the bank'), ('from-bank', 'From the bank to the safe'), ('arrived', 'QR and card money that arrived in the bank'), ('cost', 'A cost of the shop'), ('own-in', "The association's own money, brought in"), ('own-out', "The association's own money, taken out")], max_length=9)),
                        ('place', models.CharField(choices=[('safe', 'the safe'), ('bank', 'the bank'), ('petty-cash', 'what was taken out of drawers')], max_length=10)),
                        ('about', models.CharField(blank=True, max_length=11)),
                        ('amount_minor', models.BigIntegerField()),
                        ('fee_minor', models.BigIntegerField(default=0)),
                        ('on', models.DateField()),
                        ('paper', models.CharField(blank=True, max_length=60)),
                        ('words', models.CharField(blank=True, max_length=200)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='money_moves', to='members.shop')),
                    ],
                    options={
                        'ordering': ['-id'],
                        'constraints': [models.UniqueConstraint(fields=('shop', 'number'), name='one_money_move_a_number'), models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0), ('fee_minor__gte', 0), ('fee_minor__lte', models.F('amount_minor'))), name='money_move_fee_within_it'), models.CheckConstraint(condition=models.Q(models.Q(('paper', ''), _negated=True), models.Q(('kind', 'cost'), models.Q(('words', ''), _negated=True)), _connector='OR'), name='money_move_has_paper')],
                    },
                ),
                migrations.CreateModel(
                    name='MoneyConfirmation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('move', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='confirmation', to='shop.moneymove')),
                    ],
                ),
                migrations.CreateModel(
                    name='MoneyReversal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('reason', models.CharField(max_length=300)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('move', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='shop.moneymove')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='money_reversal_has_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Sale',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('sale', 'sale'), ('refund', 'refund')], max_length=6)),
                        ('receipt', models.CharField(max_length=60)),
                        ('date', models.DateField()),
                        ('sold_at', models.DateTimeField()),
                        ('shift', models.CharField(max_length=40)),
                        ('gross_minor', models.BigIntegerField()),
                        ('rounding_minor', models.BigIntegerField(default=0)),
                        ('visitor_origin', models.CharField(blank=True, max_length=20)),
                        ('visitor_language', models.CharField(blank=True, max_length=10)),
                        ('seq', models.BigIntegerField()),
                        ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sale', to='shop.tillevent')),
                        ('shop', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='sales', to='members.shop')),
                    ],
                    options={
                        'ordering': ['id'],
                        'indexes': [models.Index(fields=['shop', 'seq'], name='sale_by_posting'), models.Index(fields=['shop', 'date'], name='sale_by_date'), models.Index(fields=['shop', 'receipt'], name='sale_by_receipt')],
                    },
                ),
                migrations.CreateModel(
                    name='SaleLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('quantity', models.BigIntegerField()),
                        ('unit_price_minor', models.BigIntegerField()),
                        ('gross_minor', models.BigIntegerField()),
                        ('share_minor', models.BigIntegerField()),
                        ('commission_minor', models.BigIntegerField()),
                        ('fees_minor', models.BigIntegerField(default=0)),
                        ('loss_minor', models.BigIntegerField(default=0)),
                        ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sale_lines', to='consignment.lot')),
                        ('refund_of', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='shop.saleline')),
                        ('sale', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='shop.sale')),
                    ],
                    options={
                        'ordering': ['id'],
                        'indexes': [models.Index(condition=models.Q(('refund_of__isnull', False)), fields=['refund_of'], name='line_refunds')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('gross_minor', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('share_minor'), '+', models.F('commission_minor')), '+', models.F('fees_minor')), '+', models.F('loss_minor')))), name='invariant_2_line_adds_up'), models.CheckConstraint(condition=models.Q(('loss_minor', 0), models.Q(('loss_minor__lt', 0), ('quantity__lt', 0)), _connector='OR'), name='only_a_refund_has_a_loss'), models.CheckConstraint(condition=models.Q(models.Q(('gross_minor__gte', 0), ('quantity__gt', 0)), models.Q(('gross_minor__lte', 0), ('quantity__lt', 0)), _connector='OR'), name='line_has_one_sign')],
                    },
                ),
                migrations.CreateModel(
                    name='ShiftClosing',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('shift', models.CharField(max_length=40)),
                        ('date', models.DateField()),
                        ('cashier', models.CharField(max_length=40)),
                        ('counted', models.JSONField()),
                        ('counted_minor', models.BigIntegerField()),
                        ('expected_minor', models.BigIntegerField()),
                        ('report', models.JSONField(blank=True, null=True)),
                        ('device', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closings', to='shop.device')),
                        ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='closing', to='shop.tillevent')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['device', 'shift'], name='closing_by_shift')],
                    },
                ),
                migrations.CreateModel(
                    name='ShiftOpening',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('shift', models.CharField(max_length=40)),
                        ('date', models.DateField()),
                        ('cashier', models.CharField(max_length=40)),
                        ('float_minor', models.BigIntegerField()),
                        ('device', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='shop.device')),
                        ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='opening', to='shop.tillevent')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['device', 'shift'], name='opening_by_shift')],
                    },
                ),
                migrations.CreateModel(
                    name='Signature',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('side', models.CharField(choices=[('shop', 'for the shop'), ('consignor', 'for the owner'), ('opening', 'who opened the shift'), ('approval', 'who approved')], max_length=9)),
                        ('way', models.CharField(choices=[('pin', 'by PIN'), ('drawn', 'by hand')], max_length=5)),
                        ('verified', models.BooleanField(null=True)),
                        ('checked_at', models.DateTimeField()),
                        ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='shop.tillevent')),
                        ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                    ],
                    options={
                        'ordering': ['event_id', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('event', 'side'), name='one_signature_a_side')],
                    },
                ),
                migrations.CreateModel(
                    name='Tender',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('cash', 'cash'), ('qr', 'QR payment'), ('card', 'card'), ('bank', 'bank transfer'), ('other', 'other means')], max_length=5)),
                        ('amount_minor', models.BigIntegerField()),
                        ('sale', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tenders', to='shop.sale')),
                    ],
                ),
                migrations.CreateModel(
                    name='TillTerms',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('refund_limit_minor', models.PositiveBigIntegerField(default=0)),
                        ('fiscal', models.CharField(choices=[('none', 'no fiscal register'), ('external', 'a register of its own; its number is typed in'), ('api', 'a register that is asked over the network')], default='none', max_length=8)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='till_terms', to='members.shop')),
                    ],
                    options={
                        'ordering': ['shop_id', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='Wish',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('date', models.DateField()),
                        ('words', models.CharField(max_length=200)),
                        ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='wish', to='shop.tillevent')),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wishes', to='members.shop')),
                    ],
                ),
                migrations.CreateModel(
                    name='FiscalRequest',
                    fields=[
                        ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='fiscal_request', serialize=False, to='shop.tillevent')),
                        ('at', models.DateTimeField()),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fiscal_requests', to='members.shop')),
                    ],
                    options={
                        'ordering': ['event_id'],
                    },
                ),
                migrations.CreateModel(
                    name='FiscalAttempt',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('outcome', models.CharField(choices=[('sent', 'sent'), ('numbered', 'has its number'), ('silent', 'no answer'), ('refused', 'refused'), ('again', 'to be sent again'), ('left', 'left without a number')], max_length=8)),
                        ('words', models.CharField(blank=True, max_length=300)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='shop.fiscalrequest')),
                    ],
                    options={
                        'ordering': ['request_id', 'id'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('outcome__in', ['numbered', 'left'])), fields=('request',), name='one_end_a_fiscal_request')],
                    },
                ),
                migrations.CreateModel(
                    name='IntakeCount',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('count', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='intake', to='consignment.jointcount')),
                        ('intake', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='shop.intake')),
                    ],
                    options={
                        'ordering': ['intake_id', 'number'],
                        'constraints': [models.UniqueConstraint(fields=('intake', 'number'), name='one_count_an_intake_line')],
                    },
                ),
                migrations.CreateModel(
                    name='IntakeSetAside',
                    fields=[
                        ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='set_aside', serialize=False, to='shop.tillevent')),
                        ('reason', models.CharField(max_length=300)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                    ],
                ),
                migrations.CreateModel(
                    name='BankBalance',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('on', models.DateField()),
                        ('closing_minor', models.BigIntegerField()),
                        ('paper', models.CharField(max_length=60)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bank_balances', to='members.shop')),
                    ],
                    options={
                        'ordering': ['-on', '-id'],
                        'indexes': [models.Index(fields=['shop', 'on'], name='bank_balance_by_day')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('paper', ''), _negated=True), name='bank_balance_has_paper')],
                    },
                ),
            ]
        ),
    ]
