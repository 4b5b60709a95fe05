import django.db.models.deletion
import uuid
from django.db import migrations, models

from ayil.kit.migrating import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '0001_initial'),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name='Announcement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('on', models.DateField()),
                        ('source', models.URLField(blank=True)),
                        ('recorded_at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('issuer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='announcements', to='members.party')),
                    ],
                    options={
                        'ordering': ['-on', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='AnnouncementText',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('language', models.CharField(max_length=2)),
                        ('title', models.CharField(max_length=200)),
                        ('body', models.TextField()),
                        ('announcement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='catalogue.announcement')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('announcement', 'language'), name='one_text_a_language'), models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('body', ''), _negated=True)), name='announcement_says_something')],
                    },
                ),
                migrations.CreateModel(
                    name='AnnouncementWithdrawal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('on', models.DateField()),
                        ('reason', models.CharField(max_length=300)),
                        ('announcement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='catalogue.announcement')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='withdrawal_has_reason')],
                    },
                ),
            ]
        ),
    ]
