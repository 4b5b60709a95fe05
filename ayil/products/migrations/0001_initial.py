import ayil.kit.models
import django.db.models.deletion
from django.db import migrations, models

from ayil.kit.migrating import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('decisions', '0001_initial'),
        ('members', '0001_initial'),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name='Product',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name_en', models.CharField(blank=True, max_length=120)),
                        ('name_ru', models.CharField(blank=True, max_length=120)),
                        ('name_ky', models.CharField(blank=True, max_length=120)),
                        ('sort_key_en', ayil.kit.models.SortKeyField(db_index=True, editable=False, max_length=128, of=('name_en', 'name_ky', 'name_ru'))),
                        ('sort_key_ru', ayil.kit.models.SortKeyField(db_index=True, editable=False, max_length=128, of=('name_ru', 'name_ky', 'name_en'))),
                        ('sort_key_ky', ayil.kit.models.SortKeyField(db_index=True, editable=False, max_length=128, of=('name_ky', 'name_ru', 'name_en'))),
                        ('kind', models.CharField(choices=[('craft', 'craft'), ('food', 'processed food'), ('raw', 'raw produce'), ('other', 'other goods')], max_length=5)),
                        ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='products', to='members.party')),
                    ],
                    options={
                        'ordering': ['id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('name_en', ''), _negated=True), models.Q(('name_ru', ''), _negated=True), models.Q(('name_ky', ''), _negated=True), _connector='OR'), name='product_has_a_name')],
                    },
                ),
                migrations.CreateModel(
                    name='ProductPhoto',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('photo', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='of_product', to='members.partyphoto')),
                        ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='products.product')),
                    ],
                    options={
                        'ordering': ['product_id', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='Variant',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=60)),
                        ('form', models.CharField(blank=True, max_length=60)),
                        ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='variants', to='products.product')),
                    ],
                    options={
                        'ordering': ['id'],
                        'constraints': [models.UniqueConstraint(fields=('product', 'code'), name='one_variant_a_code')],
                    },
                ),
                migrations.CreateModel(
                    name='PriceAsk',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('amount_minor', models.BigIntegerField()),
                        ('currency', models.CharField(max_length=3)),
                        ('reason', models.CharField(max_length=300)),
                        ('shelf_days', models.PositiveIntegerField(blank=True, null=True)),
                        ('sold_lately', models.IntegerField(blank=True, null=True)),
                        ('on', models.DateField()),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='price_asks', to='members.shop')),
                        ('variant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='price_asks', to='products.variant')),
                    ],
                    options={
                        'ordering': ['-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='asked_price_positive'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='asked_price_has_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Price',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('amount_minor', models.BigIntegerField()),
                        ('floor_minor', models.BigIntegerField(blank=True, null=True)),
                        ('currency', models.CharField(max_length=3)),
                        ('valid_from', models.DateField()),
                        ('set_on', models.DateField()),
                        ('paper', models.CharField(blank=True, max_length=40)),
                        ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('typed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('variant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prices', to='products.variant')),
                    ],
                    options={
                        'ordering': ['variant_id', 'valid_from'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('amount_minor__gte', 0)), name='price_not_negative'), models.CheckConstraint(condition=models.Q(('floor_minor__isnull', True), models.Q(('floor_minor__gte', 0), ('floor_minor__lte', models.F('amount_minor'))), _connector='OR'), name='floor_within_price'), models.CheckConstraint(condition=models.Q(('valid_from__gte', models.F('set_on'))), name='price_never_reaches_back'), models.CheckConstraint(condition=models.Q(('typed_by', models.F('set_by')), models.Q(('paper', ''), _negated=True), _connector='OR'), name='price_typed_by_another_has_paper'), models.UniqueConstraint(fields=('variant', 'valid_from'), name='one_price_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='VillageProduct',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('on', models.DateField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='village_products', to='decisions.decision')),
                        ('product', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='village_product', to='products.product')),
                    ],
                ),
                migrations.CreateModel(
                    name='PriceAnswer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('said', models.CharField(choices=[('yes', 'yes'), ('no', 'no'), ('other', 'another price')], max_length=5)),
                        ('words', models.CharField(blank=True, max_length=300)),
                        ('paper', models.CharField(blank=True, max_length=40)),
                        ('on', models.DateField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('price', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='products.price')),
                        ('typed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('ask', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='products.priceask')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('price__isnull', True), ('said', 'no')), models.Q(('price__isnull', False), ('said__in', ['yes', 'other'])), _connector='OR'), name='answer_with_a_price_unless_no'), models.CheckConstraint(condition=models.Q(('typed_by', models.F('by')), models.Q(('paper', ''), _negated=True), _connector='OR'), name='answer_typed_by_another_has_paper')],
                    },
                ),
            ]
        ),
    ]
