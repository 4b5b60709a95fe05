import django.db.models.deletion
import django.db.models.expressions
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('ledger', '0001_initial'),
        ('members', '0001_initial'),
        ('products', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                ('consignor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='members.party')),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='members.shop')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('shop', 'number'), name='one_agreement_a_number')],
            },
        ),
        migrations.CreateModel(
            name='ConsignmentNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('number', models.CharField(max_length=40)),
                ('declared_on', models.DateField()),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='consignment.agreement')),
                ('declared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
            ],
            options={
                'ordering': ['declared_on', 'id'],
                'indexes': [models.Index(fields=['number'], name='note_by_number')],
            },
        ),
        migrations.CreateModel(
            name='NoteLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('declared', models.PositiveIntegerField()),
                ('batch', models.CharField(blank=True, max_length=40)),
                ('best_before', models.DateField(blank=True, null=True)),
                ('note', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='consignment.consignmentnote')),
                ('variant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='note_lines', to='products.variant')),
            ],
            options={
                'ordering': ['note_id', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('declared__gt', 0)), name='declared_positive')],
            },
        ),
        migrations.CreateModel(
            name='JointCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('accepted', models.PositiveIntegerField()),
                ('refused', models.PositiveIntegerField()),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('counted_on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('for_consignor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                ('for_shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                ('line', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='count', to='consignment.noteline')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('for_shop', models.F('for_consignor')), _negated=True), name='count_by_two_people'), models.CheckConstraint(condition=models.Q(('refused', 0), models.Q(('reason', ''), _negated=True), _connector='OR'), name='refused_goods_have_reason')],
            },
        ),
        migrations.CreateModel(
            name='Lot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=60)),
                ('commission_bp', models.PositiveIntegerField()),
                ('fees_bp', models.PositiveIntegerField(default=0)),
                ('batch', models.CharField(blank=True, max_length=40)),
                ('best_before', models.DateField(blank=True, null=True)),
                ('accepted_on', models.DateField()),
                ('consignor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lots', to='members.party')),
                ('count', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lot', to='consignment.jointcount')),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lots', to='members.shop')),
                ('variant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lots', to='products.variant')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('shop', 'label'), name='one_lot_a_label'), models.CheckConstraint(condition=models.Q(('commission_bp__lte', django.db.models.expressions.CombinedExpression(models.Value(10000), '-', models.F('fees_bp')))), name='kept_at_most_all')],
            },
        ),
        migrations.CreateModel(
            name='CommissionTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('craft', 'craft'), ('food', 'processed food'), ('raw', 'raw produce'), ('other', 'other goods')], max_length=5)),
                ('rate_bp', models.PositiveIntegerField()),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='consignment.agreement')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agreement', 'kind'), name='one_term_a_kind'), models.CheckConstraint(condition=models.Q(('rate_bp__lte', 10000)), name='rate_at_most_all')],
            },
        ),
        migrations.CreateModel(
            name='ConsignorAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='consignor', to='ledger.account')),
                ('consignor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consignor_accounts', to='members.party')),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consignor_accounts', to='members.shop')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('shop', 'consignor'), name='one_account_a_consignor')],
            },
        ),
        migrations.CreateModel(
            name='FeeTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('carriage', 'carriage'), ('packing', 'packing and labels'), ('payment', 'card and QR payment'), ('storage', 'storage')], max_length=8)),
                ('rate_bp', models.PositiveIntegerField()),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fees', to='consignment.agreement')),
            ],
            options={
                'ordering': ['agreement_id', 'kind'],
                'constraints': [models.UniqueConstraint(fields=('agreement', 'kind'), name='one_fee_a_kind'), models.CheckConstraint(condition=models.Q(('rate_bp__gt', 0), ('rate_bp__lte', 10000)), name='fee_at_most_all')],
            },
        ),
        migrations.CreateModel(
            name='LotBalance',
            fields=[
                ('lot', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='balance', serialize=False, to='consignment.lot')),
                ('accepted', models.BigIntegerField(default=0)),
                ('sold', models.BigIntegerField(default=0)),
                ('on_shelf', models.BigIntegerField(default=0)),
                ('returned', models.BigIntegerField(default=0)),
                ('written_off', models.BigIntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('accepted', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('sold'), '+', models.F('on_shelf')), '+', models.F('returned')), '+', models.F('written_off')))), name='invariant_1_lot_adds_up')],
            },
        ),
        migrations.CreateModel(
            name='Movement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('accepted', 'accepted'), ('sold', 'sold'), ('refunded', 'brought back by a buyer'), ('returned', 'returned to the owner'), ('written_off', 'written off'), ('found', 'found at a count')], max_length=11)),
                ('quantity', models.BigIntegerField()),
                ('date', models.DateField()),
                ('document', models.CharField(max_length=100)),
                ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='movements', to='consignment.lot')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['accepted', 'refunded', 'found']), ('quantity__gt', 0)), models.Q(('kind__in', ['sold', 'returned', 'written_off']), ('quantity__lt', 0)), _connector='OR'), name='movement_sign_fits_kind')],
            },
        ),
        migrations.CreateModel(
            name='StockCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('counted', models.PositiveIntegerField()),
                ('expected', models.BigIntegerField()),
                ('counted_on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='consignment.lot')),
            ],
        ),
        migrations.CreateModel(
            name='WriteOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cause', models.CharField(choices=[('missing', 'missing'), ('damaged', 'damaged'), ('expired', 'expired')], max_length=8)),
                ('borne_by', models.CharField(choices=[('shop', 'the shop'), ('owner', 'the owner')], max_length=5)),
                ('recorded_at', models.DateTimeField()),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                ('movement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='write_off', to='consignment.movement')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('first', models.F('second')), _negated=True), name='write_off_by_two_people')],
            },
        ),
    ]
