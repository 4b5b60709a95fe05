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
                    name='Assembly',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                        ('called_on', models.DateField()),
                        ('notice', models.CharField(max_length=300)),
                        ('held_on', models.DateField()),
                        ('place', models.CharField(max_length=160)),
                        ('recorded_at', models.DateTimeField()),
                        ('called_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assemblies', to='places.place')),
                    ],
                    options={
                        'verbose_name_plural': 'assemblies',
                        'ordering': ['-held_on', '-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('called_on__lt', models.F('held_on'))), name='assembly_called_before'), models.CheckConstraint(condition=models.Q(('notice', ''), _negated=True), name='assembly_has_notice'), models.UniqueConstraint(fields=('village', 'held_on'), name='one_assembly_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='RollEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField()),
                        ('name', models.CharField(max_length=160)),
                        ('born_year', models.SmallIntegerField(blank=True, null=True)),
                        ('sex', models.CharField(blank=True, choices=[('woman', 'woman'), ('man', 'man'), ('', 'not said')], max_length=5)),
                        ('salt', models.BinaryField(max_length=16)),
                        ('leaf', models.BinaryField(max_length=32)),
                        ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roll', to='decisions.assembly')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roll_entries', to='members.party')),
                    ],
                    options={
                        'verbose_name_plural': 'roll entries',
                        'ordering': ['assembly_id', 'number'],
                        'constraints': [models.UniqueConstraint(fields=('assembly', 'person'), name='one_entry_a_person'), models.UniqueConstraint(fields=('assembly', 'number'), name='one_entry_a_number')],
                    },
                ),
                migrations.CreateModel(
                    name='AttendanceMark',
                    fields=[
                        ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='mark', serialize=False, to='decisions.rollentry')),
                    ],
                ),
                migrations.CreateModel(
                    name='QuorumCount',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('present', models.PositiveIntegerField()),
                        ('women', models.PositiveIntegerField()),
                        ('needed', models.PositiveIntegerField()),
                        ('counted_at', models.DateTimeField()),
                        ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='quorum_counts', to='decisions.assembly')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                    ],
                    options={
                        'ordering': ['assembly_id', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('women__lte', models.F('present'))), name='women_among_present')],
                    },
                ),
                migrations.CreateModel(
                    name='Poll',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('round', models.PositiveSmallIntegerField()),
                        ('paper', models.JSONField()),
                        ('opened_at', models.DateTimeField()),
                        ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='polls', to='decisions.assembly')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('quorum', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='polls', to='decisions.quorumcount')),
                    ],
                    options={
                        'ordering': ['assembly_id', 'round'],
                        'constraints': [models.UniqueConstraint(fields=('assembly', 'round'), name='one_poll_a_round'), models.CheckConstraint(condition=models.Q(('round__in', (1, 2))), name='poll_round_1_or_2')],
                    },
                ),
                migrations.CreateModel(
                    name='PollTally',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('approvals', models.JSONField()),
                        ('valid', models.PositiveIntegerField()),
                        ('none', models.PositiveIntegerField()),
                        ('spoiled', models.PositiveIntegerField()),
                        ('verdict', models.CharField(choices=[('chosen', 'chosen'), ('runoff', 'runoff of two'), ('tie', 'tie'), ('none', 'none of them')], max_length=10)),
                        ('leaders', models.JSONField()),
                        ('sha256', models.BinaryField(max_length=32)),
                        ('counted_at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('poll', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='tally', to='decisions.poll')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('none__lte', models.F('valid'))), name='none_among_valid')],
                    },
                ),
                migrations.CreateModel(
                    name='LotDrawing',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('witnesses', models.CharField(max_length=300)),
                        ('drawn_at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('tally', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='lot', to='decisions.polltally')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('witnesses', ''), _negated=True), name='lot_has_witnesses')],
                    },
                ),
                migrations.CreateModel(
                    name='LocalResource',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('wool', 'wool and hides'), ('milk', 'milk and honey'), ('fruit', 'fruit and berries'), ('forest', 'mushrooms and herbs'), ('wood', 'wood and reed'), ('earth', 'clay, salt and stone'), ('craft', 'a craft that is known here')], max_length=10)),
                        ('name', models.CharField(max_length=120)),
                        ('yearly_amount', models.PositiveIntegerField()),
                        ('unit', models.CharField(max_length=20)),
                        ('season_from', models.PositiveSmallIntegerField(default=1)),
                        ('season_to', models.PositiveSmallIntegerField(default=12)),
                        ('access', models.CharField(max_length=200)),
                        ('recorded_at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resources', to='places.place')),
                    ],
                    options={
                        'ordering': ['village_id', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('season_from__range', (1, 12)), ('season_to__range', (1, 12))), name='season_in_months'), models.CheckConstraint(condition=models.Q(('access', ''), _negated=True), name='resource_has_access')],
                    },
                ),
                migrations.CreateModel(
                    name='Proposal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                        ('number', models.PositiveSmallIntegerField()),
                        ('name_en', models.CharField(max_length=120)),
                        ('name_ru', models.CharField(max_length=120)),
                        ('name_ky', models.CharField(max_length=120)),
                        ('symbol', models.SlugField(max_length=30)),
                        ('skills', models.CharField(blank=True, max_length=300)),
                        ('piece_cost_minor', models.BigIntegerField(blank=True, null=True)),
                        ('start_cost_minor', models.BigIntegerField(blank=True, null=True)),
                        ('currency', models.CharField(default='KGS', max_length=3)),
                        ('risks', models.CharField(blank=True, max_length=300)),
                        ('market_evidence', models.CharField(blank=True, max_length=300)),
                        ('market_sales', models.PositiveIntegerField(blank=True, null=True)),
                        ('recorded_at', models.DateTimeField()),
                        ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='decisions.assembly')),
                        ('proposer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='members.party')),
                        ('resource', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='decisions.localresource')),
                    ],
                    options={
                        'ordering': ['assembly_id', 'number'],
                        'constraints': [models.UniqueConstraint(fields=('assembly', 'number'), name='one_proposal_a_number'), models.UniqueConstraint(fields=('assembly', 'symbol'), name='one_proposal_a_symbol'), models.CheckConstraint(condition=models.Q(models.Q(('piece_cost_minor__isnull', True), ('piece_cost_minor__gte', 0), _connector='OR'), models.Q(('start_cost_minor__isnull', True), ('start_cost_minor__gte', 0), _connector='OR')), name='proposal_costs_not_below_zero')],
                    },
                ),
                migrations.CreateModel(
                    name='Decision',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('on', models.DateField()),
                        ('minutes', models.JSONField()),
                        ('sha256', models.BinaryField(max_length=32)),
                        ('recorded_at', models.DateTimeField()),
                        ('assembly', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='decisions.assembly')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='places.place')),
                        ('lot', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='decisions.lotdrawing')),
                        ('tally', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='decisions.polltally')),
                        ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='decisions.proposal')),
                    ],
                    options={
                        'ordering': ['village_id', 'on', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='DecisionReview',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('on', models.DateField()),
                        ('finding', models.CharField(max_length=500)),
                        ('recorded_at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='decisions.decision')),
                    ],
                    options={
                        'ordering': ['decision_id', 'on', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='DecisionSigning',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('part', models.CharField(choices=[('chair', 'chair of the assembly'), ('registrar', 'registrar of the roll'), ('counter', 'counter of the ballots')], max_length=10)),
                        ('on', models.DateField()),
                        ('recorded_at', models.DateTimeField()),
                        ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signings', to='decisions.decision')),
                        ('signer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                    ],
                    options={
                        'ordering': ['decision_id', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('decision', 'part'), name='one_signing_a_part'), models.UniqueConstraint(fields=('decision', 'signer'), name='one_signing_a_person'), models.CheckConstraint(condition=models.Q(('part__in', ['chair', 'registrar', 'counter'])), name='signing_part_known')],
                    },
                ),
                migrations.CreateModel(
                    name='DecisionSuperseding',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('on', models.DateField()),
                        ('reason', models.CharField(max_length=300)),
                        ('recorded_at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='superseding', to='decisions.decision')),
                        ('newer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supersedes', to='decisions.decision')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='superseding_has_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Ballot',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('marks', models.JSONField()),
                        ('spoiled', models.BooleanField(default=False)),
                        ('poll', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='decisions.poll')),
                    ],
                ),
                migrations.CreateModel(
                    name='PollClosing',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('issued', models.PositiveIntegerField()),
                        ('unused', models.PositiveIntegerField()),
                        ('closed_at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('poll', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='closing', to='decisions.poll')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('unused__lte', models.F('issued'))), name='unused_among_issued')],
                    },
                ),
                migrations.CreateModel(
                    name='RollFreezing',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('roll_size', models.PositiveIntegerField()),
                        ('rule', models.CharField(max_length=20)),
                        ('quorum_numerator', models.PositiveSmallIntegerField()),
                        ('quorum_denominator', models.PositiveSmallIntegerField()),
                        ('ties', models.CharField(max_length=60)),
                        ('sha256', models.BinaryField(max_length=32)),
                        ('frozen_at', models.DateTimeField()),
                        ('assembly', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='freezing', to='decisions.assembly')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('roll_size__gt', 0)), name='roll_not_empty'), models.CheckConstraint(condition=models.Q(('quorum_numerator__gt', 0), ('quorum_numerator__lte', models.F('quorum_denominator'))), name='quorum_is_a_share')],
                    },
                ),
                migrations.CreateModel(
                    name='WillingMaker',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('may_be_named', models.BooleanField()),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='willing', to='members.party')),
                        ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='makers', to='decisions.proposal')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('proposal', 'person'), name='one_maker_a_proposal')],
                    },
                ),
            ]
        ),
    ]
