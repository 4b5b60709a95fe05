import django.db.models.deletion
import uuid
from django.db import migrations, models

from ayil.kit.migrating import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('ledger', '0001_initial'),
        ('members', '0001_initial'),
        ('places', '0001_initial'),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name='EvidenceFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sha256', models.CharField(max_length=64, unique=True)),
                        ('media_type', models.CharField(max_length=40)),
                        ('size_bytes', models.BigIntegerField()),
                        ('name', models.CharField(max_length=160)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('kept_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('size_bytes__gt', 0)), name='evidence_not_empty'), models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='evidence_has_hash')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='Agreement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.SlugField(max_length=30, unique=True)),
                        ('donor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements_given', to='members.party')),
                        ('association', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements_taken', to='members.party')),
                        ('number', models.CharField(max_length=60)),
                        ('title', models.CharField(max_length=200)),
                        ('signed_on', models.DateField()),
                        ('begins_on', models.DateField()),
                        ('ends_on', models.DateField()),
                        ('currency', models.CharField(max_length=3)),
                        ('scan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.evidencefile')),
                    ],
                    options={
                        'ordering': ['signed_on', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('donor', models.F('association')), _negated=True), name='agreement_between_two'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('begins_on'))), name='agreement_has_span')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='BudgetLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='grants.agreement')),
                        ('code', models.SlugField(max_length=30)),
                        ('name_en', models.CharField(max_length=120)),
                        ('name_ru', models.CharField(max_length=120)),
                        ('name_ky', models.CharField(max_length=120)),
                        ('amount_minor', models.BigIntegerField()),
                    ],
                    options={
                        'ordering': ['agreement_id', 'code'],
                        'constraints': [models.UniqueConstraint(fields=('agreement', 'code'), name='one_budget_line_a_code'), models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='budget_line_positive')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='Tranche',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tranches', to='grants.agreement')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('planned_on', models.DateField()),
                        ('planned_minor', models.BigIntegerField()),
                        ('fund', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='tranche', to='ledger.fund')),
                    ],
                    options={
                        'ordering': ['agreement_id', 'number'],
                        'constraints': [models.UniqueConstraint(fields=('agreement', 'number'), name='one_tranche_a_number'), models.CheckConstraint(condition=models.Q(('planned_minor__gt', 0)), name='tranche_positive'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='tranche_from_one')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='TrancheRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('tranche', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='request', to='grants.tranche')),
                        ('on', models.DateField()),
                        ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.evidencefile')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('recorded_at', models.DateTimeField()),
                    ],
                    options={
                        'indexes': [],
                        'constraints': [],
                    },
                ),
                migrations.CreateModel(
                    name='TrancheReceipt',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('tranche', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='receipt', to='grants.tranche')),
                        ('on', models.DateField()),
                        ('amount_minor', models.BigIntegerField()),
                        ('currency', models.CharField(max_length=3)),
                        ('slip', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.evidencefile')),
                        ('rate', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.exchangerate')),
                        ('transfer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.transfer')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('recorded_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('currency', 'KGS'), ('rate__isnull', False), _connector='OR'), name='receipt_has_rate'), models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='receipt_positive')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='Allotment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('tranche', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allotments', to='grants.tranche')),
                        ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allotments', to='grants.budgetline')),
                        ('amount_minor', models.BigIntegerField()),
                        ('on', models.DateField()),
                        ('reason', models.CharField(max_length=300)),
                        ('transfer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.transfer')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('recorded_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('amount_minor', 0), _negated=True), name='allotment_not_zero'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='allotment_has_reason')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='TrancheExchange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                        ('tranche', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exchanges', to='grants.tranche')),
                        ('rate', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.exchangerate')),
                        ('slip', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.evidencefile')),
                        ('given', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.transfer')),
                        ('got', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.transfer')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('recorded_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['id'],
                        'indexes': [],
                        'constraints': [],
                    },
                ),
                migrations.CreateModel(
                    name='TrancheReport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('tranche', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='grants.tranche')),
                        ('on', models.DateField()),
                        ('figures', models.JSONField()),
                        ('sha256', models.BinaryField(max_length=32)),
                        ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.evidencefile')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('recorded_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['tranche_id', 'id'],
                        'indexes': [],
                        'constraints': [],
                    },
                ),
                migrations.CreateModel(
                    name='TrancheAcceptance',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='acceptance', to='grants.tranchereport')),
                        ('on', models.DateField()),
                        ('letter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.evidencefile')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('recorded_at', models.DateTimeField()),
                    ],
                    options={
                        'indexes': [],
                        'constraints': [],
                    },
                ),
                migrations.CreateModel(
                    name='TrancheReportRefusal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='refusal', to='grants.tranchereport')),
                        ('on', models.DateField()),
                        ('reason', models.CharField(max_length=500)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('recorded_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='report_refusal_has_reason')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='Expenditure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                        ('tranche', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expenditures', to='grants.tranche')),
                        ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expenditures', to='grants.budgetline')),
                        ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grant_expenditures', to='places.place')),
                        ('payee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grant_payments', to='members.party')),
                        ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expenditures', to='grants.evidencefile')),
                        ('amount_minor', models.BigIntegerField()),
                        ('currency', models.CharField(max_length=3)),
                        ('paid_on', models.DateField()),
                        ('purpose', models.CharField(max_length=300)),
                        ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('recorded_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['paid_on', 'id'],
                        'indexes': [models.Index(fields=['tranche', 'line'], name='expenditure_tranche_line')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='expenditure_positive'), models.CheckConstraint(condition=models.Q(('purpose', ''), _negated=True), name='expenditure_has_purpose'), models.CheckConstraint(condition=models.Q(('payee', models.F('recorded_by')), _negated=True), name='payee_does_not_record')],
                    },
                ),
                migrations.CreateModel(
                    name='ExpenditureApproval',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('expenditure', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='approval', to='grants.expenditure')),
                        ('value_minor', models.BigIntegerField()),
                        ('paid', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.transfer')),
                        ('valued', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.transfer')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('approved_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('value_minor', 0), ('valued__isnull', True)), models.Q(('value_minor__gt', 0), ('valued__isnull', False)), _connector='OR'), name='approval_value_posted')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='ExpenditureRefusal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('expenditure', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='refusal', to='grants.expenditure')),
                        ('reason', models.CharField(max_length=300)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('refused_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='expenditure_refusal_has_reason')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='ExpenditureReversal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('approval', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='grants.expenditureapproval')),
                        ('on', models.DateField()),
                        ('reason', models.CharField(max_length=300)),
                        ('paid_back', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.transfer')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('reversed_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='expenditure_reversal_has_reason')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='TrancheReturn',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                        ('tranche', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='grants.tranche')),
                        ('on', models.DateField()),
                        ('amount_minor', models.BigIntegerField()),
                        ('currency', models.CharField(max_length=3)),
                        ('value_minor', models.BigIntegerField()),
                        ('slip', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.evidencefile')),
                        ('reason', models.CharField(max_length=300)),
                        ('paid', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.transfer')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('approved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('recorded_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='return_positive'), models.CheckConstraint(condition=models.Q(('by', models.F('approved_by')), _negated=True), name='return_approved_by_another')],
                        'indexes': [],
                    },
                ),
            ]
        ),
    ]
