import django.db.models.deletion
from django.db import migrations, models

from ayil.kit.migrating import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '0001_initial'),
        ('products', '0001_initial'),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name='DailySale',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('date', models.DateField()),
                        ('units', models.BigIntegerField(default=0)),
                        ('gross_minor', models.BigIntegerField(default=0)),
                        ('share_minor', models.BigIntegerField(default=0)),
                        ('commission_minor', models.BigIntegerField(default=0)),
                        ('refunded_units', models.BigIntegerField(default=0)),
                        ('refunded_minor', models.BigIntegerField(default=0)),
                        ('lines', models.IntegerField(default=0)),
                        ('consignor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('shop', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.shop')),
                        ('variant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='daily', to='products.variant')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['shop', 'date'], name='daily_by_date')],
                        'constraints': [models.UniqueConstraint(fields=('shop', 'variant', 'date'), name='one_row_a_variant_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='OpenDay',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('date', models.DateField()),
                        ('receipts', models.IntegerField(default=0)),
                        ('gross_minor', models.BigIntegerField(default=0)),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='open_days', to='members.shop')),
                    ],
                    options={
                        'ordering': ['date'],
                        'constraints': [models.UniqueConstraint(fields=('shop', 'date'), name='one_row_an_open_day')],
                    },
                ),
            ]
        ),
    ]
