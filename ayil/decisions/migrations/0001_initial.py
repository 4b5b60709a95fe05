import django.db.models.deletion
import django.db.models.expressions
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
                        ('rule', models.CharField(choices=[('approval', 'one product: approval, and a runoff of two'), ('shares', 'several products: equal shares'), ('budget', "the village's budget among projects: equal shares"), ('schulze', 'one product: ranked, by Schulze')], default='approval', max_length=10)),
                        ('places', models.PositiveSmallIntegerField(default=1)),
                        ('budget_minor', models.BigIntegerField(blank=True, null=True)),
                        ('currency', models.CharField(default='KGS', max_length=3)),
                        ('recorded_at', models.DateTimeField()),
                        ('called_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assemblies', to='places.place')),
                    ],
                    options={
                        'verbose_name_plural': 'assemblies',
                        'ordering': ['-held_on', '-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('called_on__lt', models.F('held_on'))), name='assembly_called_before'), models.CheckConstraint(condition=models.Q(('notice', ''), _negated=True), name='assembly_has_notice'), models.CheckConstraint(condition=models.Q(models.Q(('budget_minor__isnull', True), ('places', 1), ('rule__in', ('approval', 'schulze'))), models.Q(('budget_minor__isnull', True), ('places__range', (2, 5)), ('rule', 'shares')), models.Q(('budget_minor__gt', 0), ('places', 1), ('rule', 'budget')), _connector='OR'), name='assembly_asks_one_thing'), models.UniqueConstraint(fields=('village', 'held_on'), name='one_assembly_a_day')],
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
                    name='AssemblyOffice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('part', models.CharField(choices=[('chair', 'chair of the assembly'), ('registrar', 'registrar of the roll'), ('counter', 'counter of the ballots')], max_length=10)),
                        ('at', models.DateTimeField()),
                        ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offices', to='decisions.assembly')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assembly_offices', to='members.party')),
                    ],
                    options={
                        'ordering': ['assembly_id', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('assembly', 'person'), name='one_office_a_person'), models.UniqueConstraint(condition=models.Q(('part', 'counter'), _negated=True), fields=('assembly', 'part'), name='one_chair_one_registrar'), models.CheckConstraint(condition=models.Q(('part__in', ['chair', 'registrar', 'counter'])), name='office_known')],
                    },
                ),
                migrations.CreateModel(
                    name='AssemblyTerms',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('notice_days', models.PositiveSmallIntegerField(default=7)),
                        ('posting_days', models.PositiveSmallIntegerField(default=3)),
                        ('complaint_days', models.PositiveSmallIntegerField(default=14)),
                        ('quorum_numerator', models.PositiveSmallIntegerField(default=1)),
                        ('quorum_denominator', models.PositiveSmallIntegerField(default=2)),
                        ('since', models.DateField()),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                    ],
                    options={
                        'verbose_name_plural': 'assembly terms',
                        'ordering': ['-since', '-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('complaint_days__range', (1, 365)), ('notice_days__range', (1, 60)), ('posting_days__range', (0, 60)), ('quorum_numerator__gt', 0), ('quorum_numerator__lte', models.F('quorum_denominator'))), name='assembly_terms_in_bounds')],
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
                    name='CountSheet',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                        ('counting', models.PositiveSmallIntegerField(default=1)),
                        ('piles', models.JSONField()),
                        ('papers', models.PositiveIntegerField()),
                        ('spoiled', models.PositiveIntegerField()),
                        ('sha256', models.BinaryField(max_length=32)),
                        ('entered_at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('counter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='count_sheets', to='members.party')),
                        ('poll', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='decisions.poll')),
                    ],
                    options={
                        'ordering': ['poll_id', 'counting', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='PollTally',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('counting', models.PositiveSmallIntegerField(default=1)),
                        ('approvals', models.JSONField()),
                        ('valid', models.PositiveIntegerField()),
                        ('none', models.PositiveIntegerField()),
                        ('spoiled', models.PositiveIntegerField()),
                        ('verdict', models.CharField(choices=[('chosen', 'chosen'), ('runoff', 'runoff of two'), ('tie', 'tie'), ('none', 'none of them')], max_length=10)),
                        ('leaders', models.JSONField()),
                        ('beside', models.JSONField(default=dict)),
                        ('salt', models.BinaryField(max_length=16)),
                        ('commitment', models.BinaryField(max_length=32)),
                        ('sha256', models.BinaryField(max_length=32)),
                        ('counted_at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('first', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.countsheet')),
                        ('poll', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tallies', to='decisions.poll')),
                        ('second', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.countsheet')),
                    ],
                    options={
                        'ordering': ['poll_id', 'counting'],
                        'constraints': [models.UniqueConstraint(fields=('poll', 'counting'), name='one_tally_a_counting'), models.CheckConstraint(condition=models.Q(('none__lte', models.F('valid'))), name='none_among_valid')],
                    },
                ),
                migrations.CreateModel(
                    name='LotDrawing',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('order', models.JSONField()),
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
                    name='Decision',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('on', models.DateField()),
                        ('minutes', models.JSONField()),
                        ('sha256', models.BinaryField(max_length=32)),
                        ('recorded_at', models.DateTimeField()),
                        ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='decisions.assembly')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='places.place')),
                        ('lot', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='decisions.lotdrawing')),
                        ('tally', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='decisions.polltally')),
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
                    name='HandCount',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('hands', models.JSONField()),
                        ('kept', models.JSONField()),
                        ('counted_at', models.DateTimeField()),
                        ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_counts', to='decisions.assembly')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                    ],
                    options={
                        'ordering': ['assembly_id', 'id'],
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
                        ('said_by', models.CharField(blank=True, max_length=200)),
                        ('recorded_at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='decisions.localresource')),
                        ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resources', to='places.place')),
                    ],
                    options={
                        'ordering': ['village_id', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('season_from__range', (1, 12)), ('season_to__range', (1, 12))), name='season_in_months'), models.CheckConstraint(condition=models.Q(('access', ''), _negated=True), name='resource_has_access')],
                    },
                ),
                migrations.CreateModel(
                    name='PollClosing',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('issued', models.PositiveIntegerField()),
                        ('exchanged', models.PositiveIntegerField(default=0)),
                        ('unused', models.PositiveIntegerField()),
                        ('closed_at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('poll', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='closing', to='decisions.poll')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('issued__gte', django.db.models.expressions.CombinedExpression(models.F('unused'), '+', models.F('exchanged')))), name='unused_among_issued')],
                    },
                ),
                migrations.CreateModel(
                    name='Proposal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                        ('number', models.PositiveSmallIntegerField()),
                        ('revision', models.PositiveIntegerField(default=0)),
                        ('name_en', models.CharField(blank=True, max_length=120)),
                        ('name_ru', models.CharField(blank=True, max_length=120)),
                        ('name_ky', models.CharField(blank=True, max_length=120)),
                        ('symbol', models.SlugField(max_length=30)),
                        ('resource_milli', models.PositiveIntegerField(blank=True, null=True)),
                        ('skills', models.CharField(blank=True, max_length=300)),
                        ('piece_cost_minor', models.BigIntegerField(blank=True, null=True)),
                        ('start_cost_minor', models.BigIntegerField(blank=True, null=True)),
                        ('currency', models.CharField(default='KGS', max_length=3)),
                        ('pieces_a_month', models.PositiveIntegerField(blank=True, null=True)),
                        ('risk_health', models.CharField(blank=True, max_length=300)),
                        ('risk_land', models.CharField(blank=True, max_length=300)),
                        ('paper', models.CharField(blank=True, max_length=60)),
                        ('recorded_at', models.DateTimeField()),
                        ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='decisions.assembly')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('proposer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='members.party')),
                        ('resource', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='decisions.localresource')),
                    ],
                    options={
                        'ordering': ['assembly_id', 'number'],
                        'constraints': [models.UniqueConstraint(fields=('assembly', 'number'), name='one_proposal_a_number'), models.UniqueConstraint(fields=('assembly', 'symbol'), name='one_proposal_a_symbol'), models.CheckConstraint(condition=models.Q(models.Q(('name_en', ''), _negated=True), models.Q(('name_ru', ''), _negated=True), models.Q(('name_ky', ''), _negated=True), _connector='OR'), name='proposal_has_a_name'), models.CheckConstraint(condition=models.Q(('symbol__in', ['apple', 'apricot', 'bag', 'bread', 'currant', 'egg', 'felt', 'fish', 'hat', 'herb', 'honey', 'horse', 'jam', 'juice', 'kalpak', 'loom', 'milk', 'mushroom', 'needle', 'oil', 'phone-case', 'pot', 'raspberry', 'rug', 'saddle', 'salt', 'sea-buckthorn', 'slippers', 'soap', 'tea', 'toy', 'willow', 'wool', 'yurt'])), name='proposal_symbol_is_drawn'), models.CheckConstraint(condition=models.Q(('by', models.F('proposer')), models.Q(('paper', ''), _negated=True), _connector='OR'), name='proposal_typed_by_another_has_paper'), models.CheckConstraint(condition=models.Q(models.Q(('piece_cost_minor__isnull', True), ('piece_cost_minor__gte', 0), _connector='OR'), models.Q(('start_cost_minor__isnull', True), ('start_cost_minor__gte', 0), _connector='OR')), name='proposal_costs_not_below_zero')],
                    },
                ),
                migrations.CreateModel(
                    name='MarketEvidence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('outcome', models.CharField(choices=[('figures', 'figures'), ('few', 'sold by fewer than 5 makers: figures are not shown'), ('none', 'no evidence: such goods were not sold')], max_length=7)),
                        ('kind', models.CharField(choices=[('craft', 'craft'), ('food', 'processed food'), ('raw', 'raw produce'), ('other', 'other goods')], max_length=5)),
                        ('words', models.CharField(blank=True, max_length=60)),
                        ('since', models.DateField()),
                        ('until', models.DateField()),
                        ('products', models.JSONField()),
                        ('upto', models.BigIntegerField()),
                        ('units', models.BigIntegerField(blank=True, null=True)),
                        ('receipts', models.PositiveIntegerField(blank=True, null=True)),
                        ('makers', models.PositiveIntegerField(blank=True, null=True)),
                        ('quarter_minor', models.BigIntegerField(blank=True, null=True)),
                        ('middle_minor', models.BigIntegerField(blank=True, null=True)),
                        ('three_quarters_minor', models.BigIntegerField(blank=True, null=True)),
                        ('currency', models.CharField(default='KGS', max_length=3)),
                        ('months', models.JSONField(default=list)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('shop', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.shop')),
                        ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='decisions.proposal')),
                    ],
                    options={
                        'verbose_name_plural': 'market evidence',
                        'ordering': ['proposal_id', '-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('since__lte', models.F('until'))), name='evidence_of_a_span'), models.CheckConstraint(condition=models.Q(models.Q(('makers__gte', 5), ('middle_minor__isnull', False), ('outcome', 'figures'), ('quarter_minor__isnull', False), ('receipts__isnull', False), ('three_quarters_minor__isnull', False), ('units__isnull', False)), models.Q(('makers__isnull', True), ('middle_minor__isnull', True), ('outcome__in', ('few', 'none')), ('quarter_minor__isnull', True), ('receipts__isnull', True), ('three_quarters_minor__isnull', True), ('units__isnull', True)), _connector='OR'), name='invariant_12_evidence_of_five_makers')],
                    },
                ),
                migrations.CreateModel(
                    name='DecisionChoice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('granted_minor', models.BigIntegerField(blank=True, null=True)),
                        ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='choices', to='decisions.decision')),
                        ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chosen', to='decisions.proposal')),
                    ],
                    options={
                        'ordering': ['decision_id', 'proposal__number'],
                        'constraints': [models.UniqueConstraint(fields=('decision', 'proposal'), name='one_choice_a_proposal')],
                    },
                ),
                migrations.CreateModel(
                    name='ProposalChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('revision', models.PositiveIntegerField()),
                        ('changes', models.JSONField()),
                        ('paper', models.CharField(blank=True, max_length=60)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='decisions.proposal')),
                    ],
                    options={
                        'ordering': ['proposal_id', 'revision'],
                        'constraints': [models.UniqueConstraint(fields=('proposal', 'revision'), name='one_change_a_revision')],
                    },
                ),
                migrations.CreateModel(
                    name='ProposalPhoto',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('photo', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='of_proposal', to='members.partyphoto')),
                        ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='decisions.proposal')),
                    ],
                    options={
                        'ordering': ['proposal_id', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='ProposalWithdrawal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.CharField(max_length=300)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='decisions.proposal')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='proposal_withdrawal_has_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Recount',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('reason', models.CharField(max_length=300)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('poll', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recounts', to='decisions.poll')),
                    ],
                    options={
                        'ordering': ['poll_id', 'number'],
                        'constraints': [models.UniqueConstraint(fields=('poll', 'number'), name='one_recount_a_number'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='recount_has_reason'), models.CheckConstraint(condition=models.Q(('number__gte', 2)), name='recount_after_the_first')],
                    },
                ),
                migrations.CreateModel(
                    name='RollFreezing',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('roll_size', models.PositiveIntegerField()),
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
                        ('in_public', models.BooleanField(default=False)),
                        ('how', models.CharField(choices=[('phone', 'on their own phone'), ('paper', 'on paper')], max_length=5)),
                        ('paper', models.CharField(blank=True, max_length=60)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='willing', to='members.party')),
                        ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='makers', to='decisions.proposal')),
                    ],
                    options={
                        'ordering': ['proposal_id', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('in_public', False), ('may_be_named', True), _connector='OR'), name='named_in_public_as_in_the_village'), models.CheckConstraint(condition=models.Q(('how', 'phone'), models.Q(('paper', ''), _negated=True), _connector='OR'), name='willing_on_paper_names_it')],
                    },
                ),
                migrations.CreateModel(
                    name='WillingMakerEnd',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('maker', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='decisions.willingmaker')),
                    ],
                ),
            ]
        ),
    ]
