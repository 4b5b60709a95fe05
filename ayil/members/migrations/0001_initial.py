import datetime
import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models

from ayil.kit.migrating import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('ledger', '0001_initial'),
        ('places', '0001_initial'),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name='Party',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('kind', models.CharField(choices=[('person', 'person'), ('community', 'community'), ('enterprise', 'enterprise')], max_length=10)),
                        ('name', models.CharField(max_length=160)),
                        ('sort_key', models.CharField(db_index=True, editable=False, max_length=128)),
                        ('language', models.CharField(default='ky', max_length=2)),
                        ('phone', models.CharField(blank=True, db_index=True, max_length=20)),
                        ('born_year', models.SmallIntegerField(blank=True, null=True)),
                        ('sex', models.CharField(blank=True, choices=[('woman', 'woman'), ('man', 'man'), ('', 'not said')], default='', max_length=5)),
                        ('entered_at', models.DateTimeField()),
                        ('village', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parties', to='places.place')),
                    ],
                    options={
                        'verbose_name_plural': 'parties',
                        'ordering': ['sort_key', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='Affiliation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('part', models.CharField(choices=[('leader', 'leader'), ('contact', 'contact'), ('member', 'member')], default='member', max_length=10)),
                        ('since', models.DateField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='affiliates', to='members.party')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='affiliations', to='members.party')),
                    ],
                    options={
                        'ordering': ['community_id', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('person', models.F('community')), _negated=True), name='nobody_belongs_to_oneself')],
                    },
                ),
                migrations.CreateModel(
                    name='Card',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('number', models.CharField(max_length=10, unique=True)),
                        ('code_hash', models.BinaryField(max_length=32, unique=True)),
                        ('issued_at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cards', to='members.party')),
                    ],
                    options={
                        'ordering': ['party_id', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='ChatInvitation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('token_hash', models.BinaryField(max_length=32, unique=True)),
                        ('made_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chat_invitations', to='members.party')),
                    ],
                ),
                migrations.CreateModel(
                    name='Chat',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.BigIntegerField(db_index=True)),
                        ('at', models.DateTimeField()),
                        ('invitation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='chat', to='members.chatinvitation')),
                        ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chats', to='members.party')),
                    ],
                    options={
                        'ordering': ['party_id', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='Distinction',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('one', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                    ],
                    options={
                        'ordering': ['id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='distinction_is_in_order')],
                    },
                ),
                migrations.CreateModel(
                    name='ErasureRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.CharField(blank=True, max_length=300)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='erasure_requests', to='members.party')),
                    ],
                    options={
                        'ordering': ['-id'],
                    },
                ),
                migrations.CreateModel(
                    name='Erasure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.CharField(max_length=300)),
                        ('at', models.DateTimeField()),
                        ('request', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='erasure', to='members.erasurerequest')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('party', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='erasure', to='members.party')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='erasure_has_reason'), models.CheckConstraint(condition=models.Q(('party', models.F('by')), _negated=True), name='nobody_erases_themselves')],
                    },
                ),
                migrations.CreateModel(
                    name='Mandate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('since', models.DateField()),
                        ('until', models.DateField(blank=True, null=True)),
                        ('way', models.CharField(choices=[('paper', 'on paper'), ('page', "on one's own page")], default='paper', max_length=5)),
                        ('paper', models.CharField(blank=True, max_length=200)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('giver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates_given', to='members.party')),
                        ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates_held', to='members.party')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('giver', models.F('holder')), _negated=True), name='mandate_is_for_another'), models.CheckConstraint(condition=models.Q(('way', 'page'), models.Q(('paper', ''), _negated=True), _connector='OR'), name='mandate_has_paper'), models.CheckConstraint(condition=models.Q(('by', models.F('holder')), _negated=True), name='mandate_not_by_its_holder'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='mandate_goes_forward')],
                    },
                ),
                migrations.CreateModel(
                    name='MembershipEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('step', models.CharField(choices=[('applied', 'applied'), ('admitted', 'admitted'), ('refused', 'refused'), ('active', 'active'), ('dormant', 'dormant'), ('left', 'left')], max_length=10)),
                        ('on', models.DateField()),
                        ('reason', models.CharField(blank=True, max_length=300)),
                        ('recorded_at', models.DateTimeField()),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='membership_events', to='members.party')),
                    ],
                    options={
                        'ordering': ['party_id', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('step', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='refusal_has_reason'), models.CheckConstraint(condition=models.Q(('by__isnull', False), ('step', 'admitted'), _connector='OR'), name='only_the_rule_admits_alone')],
                    },
                ),
                migrations.CreateModel(
                    name='Shop',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.SlugField(max_length=30, unique=True)),
                        ('name', models.CharField(max_length=120)),
                        ('currency', models.CharField(max_length=3)),
                        ('time_zone', models.CharField(default='Asia/Bishkek', max_length=40)),
                        ('fund', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='shop', to='ledger.fund')),
                        ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='shops', to='places.place')),
                    ],
                ),
                migrations.CreateModel(
                    name='Message',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=120, unique=True)),
                        ('way', models.CharField(choices=[('telegram', 'Telegram'), ('sms', 'text message'), ('mail', 'e-mail'), ('slip', 'a slip of paper with the next car')], max_length=8)),
                        ('address', models.CharField(blank=True, max_length=254)),
                        ('language', models.CharField(max_length=2)),
                        ('kind', models.CharField(choices=[('flash', 'what was sold'), ('notice', 'a notice')], max_length=6)),
                        ('title', models.CharField(max_length=160)),
                        ('text', models.TextField()),
                        ('spoken', models.TextField(blank=True)),
                        ('due_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField()),
                        ('made_at', models.DateTimeField()),
                        ('about', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='told_of', to='members.party')),
                        ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='told', to='members.party')),
                        ('shop', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='members.shop')),
                    ],
                    options={
                        'ordering': ['id'],
                        'indexes': [models.Index(fields=['party', 'id'], name='message_of_party'), models.Index(fields=['shop', 'made_at'], name='message_of_shop')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('due_at'))), name='message_has_time')],
                    },
                ),
                migrations.CreateModel(
                    name='OutgoingMessage',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('way', models.CharField(choices=[('telegram', 'Telegram'), ('sms', 'text message'), ('mail', 'e-mail'), ('slip', 'a slip of paper with the next car')], max_length=8)),
                        ('what', models.CharField(max_length=40)),
                        ('at', models.DateTimeField()),
                        ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='members.party')),
                    ],
                ),
                migrations.CreateModel(
                    name='RetentionRun',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('counts', models.JSONField()),
                    ],
                    options={
                        'ordering': ['-id'],
                    },
                ),
                migrations.CreateModel(
                    name='Simulation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('seed', models.BigIntegerField()),
                        ('loaded_at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='User',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                        ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                        ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                        ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                        ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                        ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                        ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                        ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                        ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                        ('party', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='user', to='members.party')),
                    ],
                    options={
                        'verbose_name': 'user',
                        'verbose_name_plural': 'users',
                        'abstract': False,
                    },
                    managers=[
                        ('objects', django.contrib.auth.models.UserManager()),
                    ],
                ),
                migrations.CreateModel(
                    name='CardTry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.CharField(max_length=10)),
                        ('right', models.BooleanField()),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['number', 'right', 'id'], name='members_cardtry_of_number')],
                    },
                ),
                migrations.CreateModel(
                    name='ChatEnd',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.CharField(choices=[('stopped', 'stopped by the person'), ('blocked', 'the person blocked the bot'), ('another', 'another chat took its place')], max_length=7)),
                        ('at', models.DateTimeField()),
                        ('chat', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='members.chat')),
                    ],
                ),
                migrations.CreateModel(
                    name='ErasureMention',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('table', models.CharField(max_length=60)),
                        ('row', models.CharField(max_length=40)),
                        ('column', models.CharField(max_length=60)),
                        ('erasure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='members.erasure')),
                    ],
                    options={
                        'ordering': ['erasure_id', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='HistoricalParty',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('uid', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                        ('kind', models.CharField(choices=[('person', 'person'), ('community', 'community'), ('enterprise', 'enterprise')], max_length=10)),
                        ('name', models.CharField(max_length=160)),
                        ('language', models.CharField(default='ky', max_length=2)),
                        ('phone', models.CharField(blank=True, db_index=True, max_length=20)),
                        ('born_year', models.SmallIntegerField(blank=True, null=True)),
                        ('sex', models.CharField(blank=True, choices=[('woman', 'woman'), ('man', 'man'), ('', 'not said')], default='', max_length=5)),
                        ('entered_at', models.DateTimeField()),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_change_reason', models.CharField(max_length=100, null=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('village', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='places.place')),
                    ],
                    options={
                        'verbose_name': 'historical party',
                        'verbose_name_plural': 'historical parties',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name='LinkRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('address', models.GenericIPAddressField()),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['address', 'at'], name='members_linkrequest_of')],
                    },
                ),
                migrations.CreateModel(
                    name='Appeal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('words', models.CharField(max_length=500)),
                        ('paper', models.CharField(blank=True, max_length=60)),
                        ('at', models.DateTimeField()),
                        ('refusal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='appeal', to='members.membershipevent')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                    ],
                ),
                migrations.CreateModel(
                    name='MessageOutcome',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('taken', models.BooleanField()),
                        ('words', models.CharField(blank=True, max_length=200)),
                        ('at', models.DateTimeField()),
                        ('message', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='outcome', to='members.outgoingmessage')),
                    ],
                ),
                migrations.CreateModel(
                    name='MessageEnd',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('how', models.CharField(choices=[('delivered', 'came'), ('maybe', 'may have come: the answer got lost'), ('given-up', 'did not come'), ('withdrawn', 'was not sent')], max_length=9)),
                        ('words', models.CharField(blank=True, max_length=200)),
                        ('at', models.DateTimeField()),
                        ('message', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='members.message')),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                    ],
                ),
                migrations.CreateModel(
                    name='Merge',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.CharField(max_length=300)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('double', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merged_into', to='members.party')),
                        ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='members.party')),
                    ],
                    options={
                        'ordering': ['id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('kept', models.F('double')), _negated=True), name='merge_needs_two'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='merge_has_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='MandateEnd',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('on', models.DateField()),
                        ('reason', models.CharField(max_length=300)),
                        ('mandate', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='members.mandate')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='mandate_end_has_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Look',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('what', models.CharField(max_length=40)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='looks', to='members.party')),
                    ],
                    options={
                        'ordering': ['-id'],
                    },
                ),
                migrations.CreateModel(
                    name='ErasureRequestEnd',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.CharField(blank=True, max_length=300)),
                        ('at', models.DateTimeField()),
                        ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='members.erasurerequest')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                    ],
                ),
                migrations.CreateModel(
                    name='DistinctionEnd',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('distinction', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='members.distinction')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                    ],
                ),
                migrations.CreateModel(
                    name='ConsentEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('purpose', models.CharField(choices=[('membership', 'membership'), ('public', 'public page and photo'), ('messages', 'messages'), ('research', 'research')], max_length=10)),
                        ('given', models.BooleanField()),
                        ('language', models.CharField(max_length=2)),
                        ('paper', models.CharField(blank=True, max_length=60)),
                        ('recorded_at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='members.party')),
                        ('witness', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                    ],
                    options={
                        'ordering': ['party_id', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('witness__isnull', True), models.Q(('witness', models.F('party')), _negated=True), _connector='OR'), name='nobody_witnesses_their_own_consent')],
                    },
                ),
                migrations.CreateModel(
                    name='ChosenWay',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('way', models.CharField(choices=[('telegram', 'Telegram'), ('sms', 'text message'), ('mail', 'e-mail'), ('slip', 'a slip of paper with the next car')], max_length=8)),
                        ('rhythm', models.CharField(choices=[('often', 'as it sells: noon, afternoon, evening'), ('twice', 'at noon and in the evening'), ('evening', 'in the evening'), ('weekly', 'once a week'), ('none', 'not at all')], max_length=7)),
                        ('language', models.CharField(max_length=2)),
                        ('quiet_from', models.TimeField(default=datetime.time(21, 0))),
                        ('quiet_until', models.TimeField(default=datetime.time(8, 0))),
                        ('says_nothing_sold', models.BooleanField(default=False)),
                        ('paper', models.CharField(blank=True, max_length=60)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chosen_ways', to='members.party')),
                    ],
                    options={
                        'ordering': ['party_id', '-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('quiet_from__lte', datetime.time(21, 0)), ('quiet_until__gte', datetime.time(8, 0)), ('quiet_until__lt', models.F('quiet_from'))), name='quiet_by_night_at_least')],
                    },
                ),
                migrations.CreateModel(
                    name='CardEnd',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.CharField(max_length=200)),
                        ('at', models.DateTimeField()),
                        ('card', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='members.card')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                    ],
                ),
                migrations.CreateModel(
                    name='AppealAnswer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('admits', models.BooleanField()),
                        ('reason', models.CharField(max_length=300)),
                        ('at', models.DateTimeField()),
                        ('appeal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='members.appeal')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='appeal_answer_has_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='AffiliationEnd',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('on', models.DateField()),
                        ('reason', models.CharField(blank=True, max_length=300)),
                        ('affiliation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='members.affiliation')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                    ],
                ),
                migrations.CreateModel(
                    name='PartyPhoto',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('subject', models.CharField(choices=[('portrait', 'the person or the community'), ('goods', 'their goods')], default='portrait', max_length=8)),
                        ('words', models.CharField(blank=True, max_length=200)),
                        ('file', models.CharField(max_length=64)),
                        ('width_px', models.PositiveSmallIntegerField()),
                        ('height_px', models.PositiveSmallIntegerField()),
                        ('size_bytes', models.PositiveIntegerField()),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='members.party')),
                    ],
                    options={
                        'ordering': ['party_id', '-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('file', ''), _negated=True), name='photo_names_its_file')],
                    },
                ),
                migrations.CreateModel(
                    name='PartyPhotoEnd',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('photo', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='members.partyphoto')),
                    ],
                ),
                migrations.CreateModel(
                    name='Pin',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('hash', models.CharField(max_length=128)),
                        ('set_at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pins', to='members.party')),
                    ],
                    options={
                        'ordering': ['party_id', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='RoleGrant',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('role', models.CharField(choices=[('officer', 'association officer'), ('manager', 'shop manager'), ('clerk', 'clerk'), ('accountant', 'accountant'), ('paymaster', 'paymaster'), ('trainer', 'trainer'), ('committee', 'quality committee'), ('auditor', 'auditor'), ('donor', "donor's officer"), ('administration', 'district administration')], max_length=15)),
                        ('since', models.DateField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('district', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                        ('donor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='officers', to='members.party')),
                        ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='members.party')),
                        ('shop', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='members.shop')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('donor__isnull', False), ('role', 'donor')), models.Q(models.Q(('role', 'donor'), _negated=True), ('donor__isnull', True)), _connector='OR'), name='donors_officer_is_of_a_donor'), models.CheckConstraint(condition=models.Q(models.Q(('district__isnull', False), ('role', 'administration')), models.Q(models.Q(('role', 'administration'), _negated=True), ('district__isnull', True)), _connector='OR'), name='administration_is_of_a_district')],
                    },
                ),
                migrations.CreateModel(
                    name='RoleEnd',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('on', models.DateField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('grant', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='members.rolegrant')),
                    ],
                ),
                migrations.CreateModel(
                    name='SignInLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('token_hash', models.BinaryField(max_length=32, unique=True)),
                        ('made_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField()),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                        ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='members.party')),
                    ],
                ),
                migrations.CreateModel(
                    name='SignInLinkUse',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('link', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='use', to='members.signinlink')),
                    ],
                ),
                migrations.CreateModel(
                    name='Application',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('code', models.CharField(max_length=12, unique=True)),
                        ('way', models.CharField(choices=[('page', 'by the page'), ('paper', 'on paper'), ('shop', 'at the shop')], max_length=5)),
                        ('paper', models.CharField(blank=True, max_length=60)),
                        ('words', models.CharField(blank=True, max_length=500)),
                        ('origin', models.CharField(blank=True, db_index=True, max_length=16)),
                        ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='application', to='members.membershipevent')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('way', 'paper'), _negated=True), models.Q(('paper', ''), _negated=True), _connector='OR'), name='paper_application_has_its_number')],
                    },
                ),
                migrations.CreateModel(
                    name='MessageAttempt',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('outcome', models.CharField(choices=[('sent', 'on its way'), ('not-yet', 'did not arrive, is tried again')], max_length=7)),
                        ('words', models.CharField(blank=True, max_length=200)),
                        ('again_at', models.DateTimeField(blank=True, null=True)),
                        ('at', models.DateTimeField()),
                        ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='members.message')),
                    ],
                    options={
                        'ordering': ['message_id', 'id'],
                        'indexes': [models.Index(fields=['at'], name='attempt_by_time')],
                    },
                ),
                migrations.CreateModel(
                    name='MergeEnd',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.CharField(max_length=300)),
                        ('at', models.DateTimeField()),
                        ('merge', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='members.merge')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.party')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='merge_end_has_reason')],
                    },
                ),
            ]
        ),
    ]
