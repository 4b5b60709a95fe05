import django.db.models.deletion
import uuid
from django.db import migrations, models

from ayil.kit.migrating import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '0001_initial'),
        ('places', '0001_initial'),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name='Competency',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.SlugField(max_length=30, unique=True)),
                        ('name_en', models.CharField(max_length=120)),
                        ('name_ru', models.CharField(max_length=120)),
                        ('name_ky', models.CharField(max_length=120)),
                    ],
                    options={
                        'verbose_name_plural': 'competencies',
                        'ordering': ['code'],
                        'indexes': [],
                        'constraints': [],
                    },
                ),
                migrations.CreateModel(
                    name='Session',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                        ('competency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='training.competency')),
                        ('village', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='training_sessions', to='places.place')),
                        ('place', models.CharField(max_length=160)),
                        ('trainer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions_given', to='members.party')),
                        ('planned_on', models.DateField()),
                        ('invited_by', models.CharField(blank=True, max_length=60)),
                        ('planned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('recorded_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['planned_on', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('village__isnull', False), models.Q(('place', ''), _negated=True), _connector='OR'), name='session_has_place'), models.CheckConstraint(condition=models.Q(('invited_by', ''), ('invited_by__regex', '^lesson:[0-9]+$'), _connector='OR'), name='session_invited_by_lesson')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='SessionHeld',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('session', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='held', to='training.session')),
                        ('on', models.DateField()),
                        ('minutes', models.PositiveIntegerField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('recorded_at', models.DateTimeField()),
                    ],
                    options={
                        'verbose_name_plural': 'sessions held',
                        'constraints': [models.CheckConstraint(condition=models.Q(('minutes__gt', 0), ('minutes__lte', 1440)), name='session_took_some_time')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='SessionCancelling',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('session', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='cancelling', to='training.session')),
                        ('reason', models.CharField(max_length=300)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('recorded_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='cancelling_has_reason')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='Attendance',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='training.session')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='members.party')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('recorded_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['session_id', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('session', 'person'), name='one_attendance_a_session')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='AttendanceCorrection',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('attendance', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='training.attendance')),
                        ('reason', models.CharField(max_length=300)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('recorded_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='correction_has_reason')],
                        'indexes': [],
                    },
                ),
            ]
        ),
    ]
