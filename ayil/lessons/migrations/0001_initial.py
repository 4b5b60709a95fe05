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
                    name='Lesson',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('as_of', models.DateField()),
                        ('kind', models.CharField(max_length=20)),
                        ('reason', models.CharField(max_length=20)),
                        ('figures', models.JSONField()),
                        ('source', models.JSONField()),
                        ('triggered_at', models.DateTimeField()),
                        ('producer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lessons', to='members.party')),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lessons', to='members.shop')),
                        ('triggered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('variant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lessons', to='products.variant')),
                    ],
                    options={
                        'ordering': ['shop_id', 'producer_id', 'as_of'],
                    },
                ),
                migrations.CreateModel(
                    name='ActionPromise',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('action', models.CharField(choices=[('bring', 'bring'), ('bring_a_few', 'bring a few'), ('wait', 'bring no more for now'), ('keep_on_shelf', 'keep on the shelf'), ('ask_visitors', 'ask visitors'), ('change_one_thing', 'change one thing')], max_length=20)),
                        ('units', models.PositiveIntegerField(blank=True, null=True)),
                        ('promised_on', models.DateField()),
                        ('promised_at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('lesson', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='promise', to='lessons.lesson')),
                    ],
                    options={
                        'ordering': ['lesson_id'],
                    },
                ),
                migrations.CreateModel(
                    name='LessonDelivery',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('channel', models.CharField(choices=[('page', 'on the page'), ('message', 'by message'), ('paper', 'on paper'), ('spoken', 'by word of mouth')], max_length=10)),
                        ('language', models.CharField(max_length=2)),
                        ('words', models.TextField()),
                        ('delivered_at', models.DateTimeField()),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='lessons.lesson')),
                    ],
                    options={
                        'verbose_name_plural': 'lesson deliveries',
                        'ordering': ['lesson_id', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='Outcome',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('verdict', models.CharField(max_length=20)),
                        ('first', models.DateField()),
                        ('last', models.DateField()),
                        ('open_days', models.PositiveIntegerField()),
                        ('brought', models.BigIntegerField(blank=True, null=True)),
                        ('sold', models.BigIntegerField()),
                        ('measured_at', models.DateTimeField()),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('promise', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='outcome', to='lessons.actionpromise')),
                    ],
                    options={
                        'ordering': ['promise_id'],
                    },
                ),
            ]
        ),
        migrations.AddField(
            model_name='lesson',
            name='after',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='next_lesson', to='lessons.outcome'),
        ),
        migrations.CreateModel(
            name='Flash',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('seq_from', models.BigIntegerField()),
                ('seq_to', models.BigIntegerField()),
                ('sale_lines', models.PositiveIntegerField()),
                ('units', models.BigIntegerField()),
                ('share_minor', models.BigIntegerField()),
                ('silence', models.CharField(blank=True, max_length=12)),
                ('made_at', models.DateTimeField()),
                ('producer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='flashes', to='members.party')),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='flashes', to='members.shop')),
            ],
            options={
                'verbose_name_plural': 'flashes',
                'ordering': ['shop_id', 'producer_id', 'number'],
                'indexes': [models.Index(fields=['shop', 'producer', '-seq_to'], name='flash_by_posting')],
                'constraints': [models.UniqueConstraint(fields=('shop', 'producer', 'number'), name='one_flash_a_number'), models.CheckConstraint(condition=models.Q(('seq_to__gt', models.F('seq_from'))), name='flash_goes_forward')],
            },
        ),
        migrations.CreateModel(
            name='FlashPass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('seq_to', models.BigIntegerField()),
                ('open_from', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='flash_passes', to='members.shop')),
            ],
            options={
                'verbose_name_plural': 'flash passes',
                'ordering': ['shop_id', 'number'],
                'constraints': [models.UniqueConstraint(fields=('shop', 'number'), name='one_flash_pass_a_number')],
            },
        ),
        migrations.AddConstraint(
            model_name='actionpromise',
            constraint=models.CheckConstraint(condition=models.Q(('units__isnull', True), ('action', 'bring'), _connector='OR'), name='only_bringing_has_units'),
        ),
        migrations.AddConstraint(
            model_name='lessondelivery',
            constraint=models.UniqueConstraint(fields=('lesson', 'channel'), name='delivered_once_a_channel'),
        ),
        migrations.AddConstraint(
            model_name='outcome',
            constraint=models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='outcome_spans_days'),
        ),
        migrations.AddConstraint(
            model_name='lesson',
            constraint=models.UniqueConstraint(fields=('shop', 'producer', 'as_of'), name='one_lesson_a_producer_a_day'),
        ),
    ]
