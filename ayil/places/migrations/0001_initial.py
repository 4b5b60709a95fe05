import ayil.kit.models
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
                    name='Place',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sort_key_en', ayil.kit.models.SortKeyField(db_index=True, editable=False, max_length=128, of=('name_en', 'name_ky', 'name_ru'))),
                        ('sort_key_ru', ayil.kit.models.SortKeyField(db_index=True, editable=False, max_length=128, of=('name_ru', 'name_ky', 'name_en'))),
                        ('sort_key_ky', ayil.kit.models.SortKeyField(db_index=True, editable=False, max_length=128, of=('name_ky', 'name_ru', 'name_en'))),
                        ('code', models.CharField(max_length=40, unique=True)),
                        ('kind', models.CharField(choices=[('region', 'region'), ('district', 'district'), ('aimak', 'aiyl aimak'), ('village', 'village')], max_length=10)),
                        ('name_en', models.CharField(max_length=80)),
                        ('name_ru', models.CharField(max_length=80)),
                        ('name_ky', models.CharField(max_length=80)),
                        ('latitude_e6', models.IntegerField(blank=True, null=True)),
                        ('longitude_e6', models.IntegerField(blank=True, null=True)),
                        ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='places.place')),
                    ],
                    options={
                        'ordering': ['sort_key_ky', 'code'],
                    },
                ),
                migrations.CreateModel(
                    name='PlaceVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name_en', models.CharField(max_length=80)),
                        ('name_ru', models.CharField(max_length=80)),
                        ('name_ky', models.CharField(max_length=80)),
                        ('valid_from', models.DateField()),
                        ('source', models.CharField(max_length=200)),
                        ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                        ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='places.place')),
                    ],
                    options={
                        'ordering': ['valid_from', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('place', 'valid_from'), name='one_version_a_day')],
                    },
                ),
            ]
        ),
    ]
