import django.db.models.deletion
from django.db import migrations, models

from ayil.kit.migrating import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name='Fund',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=60, unique=True)),
                        ('name', models.CharField(max_length=120)),
                        ('kind', models.CharField(choices=[('trading', 'trading fund'), ('restricted', 'restricted fund')], max_length=10)),
                        ('last_seq', models.BigIntegerField(default=0)),
                        ('head_hash', models.BinaryField(default=b'\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00', max_length=32)),
                    ],
                    options={
                        'indexes': [],
                        'constraints': [],
                    },
                ),
                migrations.CreateModel(
                    name='Account',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='ledger.fund')),
                        ('code', models.CharField(max_length=80)),
                        ('kind', models.CharField(choices=[('asset', 'asset'), ('expense', 'expense'), ('liability', 'liability'), ('income', 'income'), ('equity', 'equity')], max_length=10)),
                        ('currency', models.CharField(max_length=3)),
                        ('balance_minor', models.BigIntegerField(default=0)),
                        ('floor_minor', models.BigIntegerField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('fund', 'code', 'currency'), name='one_account_a_code'), models.CheckConstraint(condition=models.Q(('floor_minor__isnull', True), ('balance_minor__gte', models.F('floor_minor')), _connector='OR'), name='balance_not_under_floor'), models.CheckConstraint(condition=models.Q(('balance_minor__gt', -4611686018427387904), ('balance_minor__lt', 4611686018427387904)), name='balance_within_reach')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='Transfer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('fund', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='ledger.fund')),
                        ('seq', models.BigIntegerField()),
                        ('key', models.CharField(max_length=100)),
                        ('request_hash', models.BinaryField(max_length=32)),
                        ('debit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='debits', to='ledger.account')),
                        ('credit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credits', to='ledger.account')),
                        ('amount_minor', models.BigIntegerField()),
                        ('currency', models.CharField(max_length=3)),
                        ('date', models.DateField()),
                        ('kind', models.CharField(max_length=30)),
                        ('document', models.CharField(max_length=100)),
                        ('actor', models.CharField(max_length=60)),
                        ('reason', models.CharField(blank=True, max_length=300)),
                        ('reverses', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='ledger.transfer')),
                        ('posted_at', models.DateTimeField()),
                        ('hash', models.BinaryField(max_length=32)),
                    ],
                    options={
                        'ordering': ['fund_id', 'seq'],
                        'constraints': [models.UniqueConstraint(fields=('fund', 'seq'), name='one_transfer_a_seq'), models.UniqueConstraint(fields=('fund', 'key'), name='one_transfer_a_key'), models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0), ('amount_minor__lt', 4611686018427387904)), name='amount_positive'), models.CheckConstraint(condition=models.Q(('debit', models.F('credit')), _negated=True), name='debit_is_not_credit'), models.CheckConstraint(condition=models.Q(('reverses__isnull', True), models.Q(models.Q(('reason', ''), _negated=True), models.Q(('actor', ''), _negated=True)), _connector='OR'), name='reversal_has_reason')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='Bridge',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=60, unique=True)),
                        ('out_account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bridges_out', to='ledger.account')),
                        ('in_account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bridges_in', to='ledger.account')),
                    ],
                    options={
                        'indexes': [],
                        'constraints': [],
                    },
                ),
                migrations.CreateModel(
                    name='ExchangeRate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('date', models.DateField()),
                        ('base', models.CharField(max_length=3)),
                        ('quote', models.CharField(max_length=3)),
                        ('base_minor', models.BigIntegerField()),
                        ('quote_minor', models.BigIntegerField()),
                        ('source', models.CharField(max_length=200)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('base_minor__gt', 0), ('quote_minor__gt', 0)), name='rate_positive'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='rate_has_source')],
                        'indexes': [],
                    },
                ),
            ]
        ),
    ]
