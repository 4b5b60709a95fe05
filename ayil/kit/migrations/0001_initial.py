from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('object_id', models.BigIntegerField()),
                ('word', models.BinaryField(max_length=40)),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'word', 'object_id'], name='word_by_prefix')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'object_id', 'word'), name='one_word_once')],
            },
        ),
    ]
