import django.db.models.deletion
import django.db.models.expressions
import uuid
from django.db import migrations, models

from ayil.kit.migrating import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('ledger', '0001_initial'),
        ('members', '0001_initial'),
        ('products', '0001_initial'),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name='Agreement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('number', models.CharField(max_length=40)),
                        ('since', models.DateField()),
                        ('until', models.DateField(blank=True, null=True)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('consignor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='members.party')),
                        ('follows', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='renewal', to='consignment.agreement')),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='members.shop')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('shop', 'number'), name='one_agreement_a_number'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='agreement_ends_after_it_begins')],
                    },
                ),
                migrations.CreateModel(
                    name='ConsignmentNote',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                        ('number', models.CharField(max_length=40)),
                        ('declared_on', models.DateField()),
                        ('expected_on', models.DateField(blank=True, null=True)),
                        ('comes', models.CharField(choices=[('brought', 'the owner brings it'), ('car', "the shop's car picks it up")], default='brought', max_length=7)),
                        ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='consignment.agreement')),
                        ('declared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('typed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
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
                        ('arrived_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sent_on', to='consignment.lot')),
                        ('consignor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lots', to='members.party')),
                        ('count', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lot', to='consignment.jointcount')),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lots', to='members.shop')),
                        ('variant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lots', to='products.variant')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('shop', 'label'), name='one_lot_a_label'), models.CheckConstraint(condition=models.Q(('commission_bp__lte', django.db.models.expressions.CombinedExpression(models.Value(10000), '-', models.F('fees_bp')))), name='kept_at_most_all'), models.CheckConstraint(condition=models.Q(('count__isnull', True), ('arrived_from__isnull', True), _connector='OR'), name='lot_comes_one_way')],
                    },
                ),
                migrations.CreateModel(
                    name='AgreementEnd',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('on', models.DateField()),
                        ('reason', models.CharField(max_length=300)),
                        ('recorded_at', models.DateTimeField()),
                        ('agreement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='consignment.agreement')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='agreement_end_has_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Assessment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('grade', models.CharField(choices=[('good', 'good'), ('mend', 'to mend'), ('refused', 'refused')], max_length=7)),
                        ('words', models.CharField(blank=True, max_length=300)),
                        ('on', models.DateField()),
                        ('recorded_at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('maker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='members.party')),
                        ('count', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='assessment', to='consignment.jointcount')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('grade', 'good'), models.Q(('words', ''), _negated=True), _connector='OR'), name='poor_grade_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='AssessmentMark',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('question', models.CharField(max_length=20)),
                        ('passed', models.BooleanField()),
                        ('words', models.CharField(blank=True, max_length=200)),
                        ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='consignment.assessment')),
                    ],
                    options={
                        'ordering': ['id'],
                        'constraints': [models.UniqueConstraint(fields=('assessment', 'question'), name='one_mark_a_question')],
                    },
                ),
                migrations.CreateModel(
                    name='CarTrip',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('on', models.DateField()),
                        ('made_at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='car_trips', to='members.shop')),
                    ],
                    options={
                        'ordering': ['-on', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='CarLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('way', models.CharField(choices=[('pick_up', 'pick up'), ('bring', 'bring')], max_length=7)),
                        ('words', models.CharField(max_length=300)),
                        ('document', models.CharField(blank=True, max_length=100)),
                        ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='car_lines', to='members.party')),
                        ('trip', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='consignment.cartrip')),
                    ],
                    options={
                        'ordering': ['id'],
                    },
                ),
                migrations.CreateModel(
                    name='CarLineDone',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('line', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='done', to='consignment.carline')),
                    ],
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
                    name='Shelf',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=60)),
                        ('since', models.DateField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shelves', to='members.shop')),
                    ],
                    options={
                        'ordering': ['name', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='CountSheet',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                        ('number', models.PositiveIntegerField()),
                        ('reason', models.CharField(choices=[('shelf', 'a shelf'), ('list', 'a list'), ('asked', 'what the books ask for')], max_length=5)),
                        ('opened_on', models.DateField()),
                        ('recorded_at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='count_sheets', to='members.shop')),
                        ('shelf', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='consignment.shelf')),
                    ],
                    options={
                        'ordering': ['id'],
                        'constraints': [models.UniqueConstraint(fields=('shop', 'number'), name='one_count_sheet_a_number')],
                    },
                ),
                migrations.CreateModel(
                    name='CountClosing',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('closed_on', models.DateField()),
                        ('recorded_at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('sheet', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='closing', to='consignment.countsheet')),
                    ],
                ),
                migrations.CreateModel(
                    name='CountSigning',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('way', models.CharField(choices=[('pin', 'by PIN'), ('paper', 'on paper')], max_length=5)),
                        ('paper', models.CharField(blank=True, max_length=60)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('note', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signings', to='consignment.consignmentnote')),
                        ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='count_signings', to='members.party')),
                    ],
                    options={
                        'ordering': ['id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('way', 'pin'), models.Q(('paper', ''), _negated=True), _connector='OR'), name='paper_signing_has_number')],
                    },
                ),
                migrations.CreateModel(
                    name='CoveredProduct',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='covered', to='consignment.agreement')),
                        ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='covered_by', to='products.product')),
                    ],
                    options={
                        'ordering': ['id'],
                        'constraints': [models.UniqueConstraint(fields=('agreement', 'product'), name='covered_once')],
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
                    name='GoodsReturn',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                        ('number', models.PositiveIntegerField()),
                        ('way', models.CharField(choices=[('hand', 'over the counter'), ('car', 'with the next car')], max_length=4)),
                        ('returned_on', models.DateField()),
                        ('recorded_at', models.DateTimeField()),
                        ('note', models.CharField(blank=True, max_length=300)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('consignor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='members.party')),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='members.shop')),
                    ],
                    options={
                        'ordering': ['id'],
                        'constraints': [models.UniqueConstraint(fields=('shop', 'number'), name='one_return_a_number')],
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
                        ('sent', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('accepted', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('sold'), '+', models.F('on_shelf')), '+', models.F('returned')), '+', models.F('written_off')), '+', models.F('sent')))), name='invariant_1_lot_adds_up')],
                    },
                ),
                migrations.CreateModel(
                    name='AgeingAsk',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('why', models.CharField(choices=[('stands', 'it stands too long'), ('expires', 'it expires soon'), ('expired', 'its date is past')], max_length=7)),
                        ('on_shelf', models.PositiveIntegerField()),
                        ('shelf_days', models.PositiveIntegerField()),
                        ('sold_lately', models.IntegerField()),
                        ('on', models.DateField()),
                        ('at', models.DateTimeField()),
                        ('answer_by', models.DateField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ageing_asks', to='consignment.lot')),
                    ],
                    options={
                        'ordering': ['-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('answer_by__gt', models.F('on'))), name='ageing_answer_after_ask'), models.CheckConstraint(condition=models.Q(('on_shelf__gt', 0)), name='ageing_of_what_is_there')],
                    },
                ),
                migrations.CreateModel(
                    name='Movement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('accepted', 'accepted'), ('sold', 'sold'), ('refunded', 'brought back by a buyer'), ('returned', 'returned to the owner'), ('written_off', 'written off'), ('found', 'found at a count'), ('sent', 'sent to another shop'), ('not_arrived', 'did not arrive at the other shop')], max_length=11)),
                        ('quantity', models.BigIntegerField()),
                        ('date', models.DateField()),
                        ('document', models.CharField(max_length=100)),
                        ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='movements', to='consignment.lot')),
                    ],
                    options={
                        'ordering': ['id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['accepted', 'refunded', 'found', 'not_arrived']), ('quantity__gt', 0)), models.Q(('kind__in', ['sold', 'returned', 'written_off', 'sent']), ('quantity__lt', 0)), _connector='OR'), name='movement_sign_fits_kind')],
                    },
                ),
                migrations.CreateModel(
                    name='NoteWithdrawal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.CharField(blank=True, max_length=300)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('note', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='consignment.consignmentnote')),
                    ],
                ),
                migrations.CreateModel(
                    name='ReturnHandover',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('handed_on', models.DateField()),
                        ('recorded_at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('goods_return', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='handover', to='consignment.goodsreturn')),
                        ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='taken_returns', to='members.party')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('taken_by', models.F('by')), _negated=True), name='return_between_two_people')],
                    },
                ),
                migrations.CreateModel(
                    name='ReturnLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('goods_return', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='consignment.goodsreturn')),
                        ('movement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='return_line', to='consignment.movement')),
                    ],
                    options={
                        'ordering': ['goods_return_id', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='SheetLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheet_lines', to='consignment.lot')),
                        ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='consignment.countsheet')),
                    ],
                    options={
                        'ordering': ['sheet_id', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('sheet', 'lot'), name='one_sheet_line_a_lot')],
                    },
                ),
                migrations.CreateModel(
                    name='LotPlace',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('put_on', models.DateField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='consignment.lot')),
                        ('shelf', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='places', to='consignment.shelf')),
                    ],
                    options={
                        'ordering': ['id'],
                    },
                ),
                migrations.CreateModel(
                    name='ShelfEnd',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('ended_on', models.DateField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('shelf', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='consignment.shelf')),
                    ],
                ),
                migrations.CreateModel(
                    name='ShopTransfer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                        ('number', models.PositiveIntegerField()),
                        ('sent_on', models.DateField()),
                        ('recorded_at', models.DateTimeField()),
                        ('note', models.CharField(blank=True, max_length=300)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='got_transfers', to='members.shop')),
                        ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sent_transfers', to='members.shop')),
                    ],
                    options={
                        'ordering': ['id'],
                        'constraints': [models.UniqueConstraint(fields=('sender', 'number'), name='one_transfer_a_number'), models.CheckConstraint(condition=models.Q(('sender', models.F('receiver')), _negated=True), name='transfer_between_two_shops')],
                    },
                ),
                migrations.CreateModel(
                    name='StockCount',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('counted', models.PositiveIntegerField()),
                        ('expected', models.BigIntegerField()),
                        ('upto', models.BigIntegerField(default=0)),
                        ('counted_on', models.DateField()),
                        ('recorded_at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='consignment.sheetline')),
                        ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='consignment.lot')),
                    ],
                    options={
                        'ordering': ['id'],
                    },
                ),
                migrations.CreateModel(
                    name='TransferArrival',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('arrived_on', models.DateField()),
                        ('recorded_at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('transfer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='arrival', to='consignment.shoptransfer')),
                    ],
                ),
                migrations.CreateModel(
                    name='TransferLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('movement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='transfer_line', to='consignment.movement')),
                        ('transfer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='consignment.shoptransfer')),
                    ],
                    options={
                        'ordering': ['transfer_id', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='ArrivedLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('quantity', models.PositiveIntegerField()),
                        ('lot', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='arrived_line', to='consignment.lot')),
                        ('arrival', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='consignment.transferarrival')),
                        ('line', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='arrived', to='consignment.transferline')),
                    ],
                    options={
                        'ordering': ['arrival_id', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('lot__isnull', True), ('quantity', 0)), models.Q(('lot__isnull', False), ('quantity__gt', 0)), _connector='OR'), name='what_arrived_is_a_lot')],
                    },
                ),
                migrations.CreateModel(
                    name='WriteOffAct',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                        ('number', models.PositiveIntegerField()),
                        ('drafted_on', models.DateField()),
                        ('recorded_at', models.DateTimeField()),
                        ('note', models.CharField(blank=True, max_length=300)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='members.shop')),
                    ],
                    options={
                        'ordering': ['id'],
                        'constraints': [models.UniqueConstraint(fields=('shop', 'number'), name='one_act_a_number')],
                    },
                ),
                migrations.CreateModel(
                    name='ActLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('quantity', models.PositiveIntegerField()),
                        ('cause', models.CharField(choices=[('missing', 'missing'), ('damaged', 'damaged'), ('expired', 'expired'), ('given', 'given away')], max_length=8)),
                        ('borne_by', models.CharField(choices=[('shop', 'the shop'), ('owner', 'the owner')], max_length=5)),
                        ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='act_lines', to='consignment.lot')),
                        ('count', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='act_lines', to='consignment.stockcount')),
                        ('missing_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='act_lines', to='consignment.transferline')),
                        ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='consignment.writeoffact')),
                    ],
                    options={
                        'ordering': ['act_id', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='act_line_positive'), models.CheckConstraint(condition=models.Q(('missing_of__isnull', True), models.Q(('borne_by', 'shop'), ('cause', 'missing')), _connector='OR'), name='shop_bears_what_it_sent')],
                    },
                ),
                migrations.CreateModel(
                    name='WriteOff',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('cause', models.CharField(choices=[('missing', 'missing'), ('damaged', 'damaged'), ('expired', 'expired'), ('given', 'given away')], max_length=8)),
                        ('borne_by', models.CharField(choices=[('shop', 'the shop'), ('owner', 'the owner')], max_length=5)),
                        ('owed_minor', models.BigIntegerField(default=0)),
                        ('recorded_at', models.DateTimeField()),
                        ('first', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('line', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='write_off', to='consignment.actline')),
                        ('movement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='write_off', to='consignment.movement')),
                        ('second', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('first', models.F('second')), _negated=True), name='write_off_by_two_people'), models.CheckConstraint(condition=models.Q(('owed_minor', 0), models.Q(('borne_by', 'shop'), ('owed_minor__gt', 0)), _connector='OR'), name='only_the_shop_owes')],
                    },
                ),
                migrations.CreateModel(
                    name='ActWithdrawal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.CharField(max_length=300)),
                        ('recorded_at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='consignment.writeoffact')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='act_withdrawn_with_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='ActSigning',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('signed_on', models.DateField()),
                        ('recorded_at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='signing', to='consignment.writeoffact')),
                    ],
                ),
                migrations.CreateModel(
                    name='AgeingChoice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('way', models.CharField(choices=[('price', 'lower the price'), ('car', 'send it back with the car'), ('give', 'give it away'), ('take', 'come and take it home'), ('keep', 'leave it on the shelf')], max_length=5)),
                        ('words', models.CharField(blank=True, max_length=300)),
                        ('after_movement', models.BigIntegerField()),
                        ('paper', models.CharField(blank=True, max_length=40)),
                        ('on', models.DateField()),
                        ('at', models.DateTimeField()),
                        ('ask', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='choice', to='consignment.ageingask')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('price', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ageing_choices', to='products.price')),
                        ('typed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                    ],
                    options={
                        'ordering': ['-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('price__isnull', False), ('way', 'price')), models.Q(models.Q(('way', 'price'), _negated=True), ('price__isnull', True)), _connector='OR'), name='only_a_lower_price_has_one'), models.CheckConstraint(condition=models.Q(('typed_by', models.F('by')), models.Q(('paper', ''), _negated=True), _connector='OR'), name='choice_typed_by_another_has_paper')],
                    },
                ),
            ]
        ),
    ]
