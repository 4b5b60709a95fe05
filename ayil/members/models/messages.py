"""Words to one person: which way they chose, what was made for them, and what became of it."""

from datetime import time

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayil.kit import guards
from ayil.members.models.party import Party
from ayil.members.models.roles import Shop

# Nobody is written to by night; a person may make their night longer.
QUIET_FROM, QUIET_UNTIL = time(21), time(8)


class Way(models.TextChoices):
    TELEGRAM = "telegram", _("Telegram")
    SMS = "sms", _("text message")
    MAIL = "mail", _("e-mail")
    SLIP = "slip", _("a slip of paper with the next car")


class Rhythm(models.TextChoices):
    AS_IT_SELLS = "often", _("as it sells: noon, afternoon, evening")
    NOON_AND_EVENING = "twice", _("at noon and in the evening")
    EVENING = "evening", _("in the evening")
    WEEKLY = "weekly", _("once a week")
    NONE = "none", _("not at all")


class ChosenWay(models.Model):
    """How a person wants to be told; the last one holds.

    `by` typed it: the person themselves, or somebody of the staff from a paper with a number.
    Times are the lake's wall clock: nothing comes from `quiet_from` until `quiet_until` of the
    next morning. `says_nothing_sold`: the evening tells of a day on which nothing sold, too.
    """

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="chosen_ways")
    way = models.CharField(max_length=8, choices=Way)
    rhythm = models.CharField(max_length=7, choices=Rhythm)
    language = models.CharField(max_length=2)
    quiet_from = models.TimeField(default=QUIET_FROM)
    quiet_until = models.TimeField(default=QUIET_UNTIL)
    says_nothing_sold = models.BooleanField(default=False)
    paper = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["party_id", "-id"]
        constraints = [
            models.CheckConstraint(
                name="quiet_by_night_at_least",
                condition=Q(
                    quiet_from__lte=QUIET_FROM,
                    quiet_until__gte=QUIET_UNTIL,
                    quiet_until__lt=F("quiet_from"),
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.party_id} by {self.way}, {self.rhythm}"


class ChatInvitation(models.Model):
    """A link to our bot that works once: whoever opens it says that this chat is this person's.

    We keep the hash of its token alone.
    """

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="chat_invitations")
    token_hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"chat of {self.party_id} until {self.ends_at:%H:%M}"


class Chat(models.Model):
    """A chat with our bot that belongs to the person; `number` is Telegram's own."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="chats")
    number = models.BigIntegerField(db_index=True)
    invitation = models.OneToOneField(ChatInvitation, on_delete=models.PROTECT, related_name="chat")
    at = models.DateTimeField()

    class Meta:
        ordering = ["party_id", "-id"]

    def __str__(self) -> str:
        return f"chat {self.number} of {self.party_id}"


class ChatEnd(models.Model):
    """The person stopped the bot, blocked it, or linked another chat."""

    class Reason(models.TextChoices):
        STOPPED = "stopped", _("stopped by the person")
        BLOCKED = "blocked", _("the person blocked the bot")
        ANOTHER = "another", _("another chat took its place")

    chat = models.OneToOneField(Chat, on_delete=models.PROTECT, related_name="end")
    reason = models.CharField(max_length=7, choices=Reason)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.chat_id} {self.reason}"


class Message(models.Model):
    """What one person is to be told, in the words and to the address of when it was made.

    `key` names its content: the same is never made twice. `about` is whose affairs it tells of,
    where that is a community for which the person answers. It is sent from `due_at` on and makes
    no sense any more after `ends_at`. `spoken` is the same to be read aloud, figures in words.
    """

    class Kind(models.TextChoices):
        FLASH = "flash", _("what was sold")
        NOTICE = "notice", _("a notice")

    key = models.CharField(max_length=120, unique=True)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="told")
    about = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="told_of")
    shop = models.ForeignKey(
        Shop, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    way = models.CharField(max_length=8, choices=Way)
    address = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=2)
    kind = models.CharField(max_length=6, choices=Kind)
    title = models.CharField(max_length=160)
    text = models.TextField()
    spoken = models.TextField(blank=True)
    due_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["party", "id"], name="message_of_party"),
            models.Index(fields=["shop", "made_at"], name="message_of_shop"),
        ]
        constraints = [
            models.CheckConstraint(name="message_has_time", condition=Q(ends_at__gt=F("due_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.party_id} by {self.way}"


class MessageAttempt(models.Model):
    """One row of what was done to send it.

    SENT goes before each sending, so that two do not send at once; a sending that was stopped
    amid it leaves nothing but that row. `again_at` is when the other side lets us try next.
    """

    class Outcome(models.TextChoices):
        SENT = "sent", _("on its way")
        NOT_YET = "not-yet", _("did not arrive, is tried again")

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attempts")
    outcome = models.CharField(max_length=7, choices=Outcome)
    words = models.CharField(max_length=200, blank=True)
    again_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["message_id", "id"]
        indexes = [models.Index(fields=["at"], name="attempt_by_time")]

    def __str__(self) -> str:
        return f"{self.message_id} {self.outcome}"


class MessageEnd(models.Model):
    """How it ended. MAYBE: it was handed over and the answer got lost, so it may have arrived;
    nobody sends it a second time."""

    class How(models.TextChoices):
        DELIVERED = "delivered", _("came")
        MAYBE = "maybe", _("may have come: the answer got lost")
        GIVEN_UP = "given-up", _("did not come")
        WITHDRAWN = "withdrawn", _("was not sent")

    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="end")
    how = models.CharField(max_length=9, choices=How)
    words = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.message_id} {self.how}"


class OutgoingMessage(models.Model):
    """A message was handed over at once. What it said is not kept: it may carry a link."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="messages")
    way = models.CharField(max_length=8, choices=Way)
    what = models.CharField(max_length=40)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.what} to {self.party_id} by {self.way}"


class MessageOutcome(models.Model):
    """What the gateway answered: taken, or not and why."""

    message = models.OneToOneField(
        OutgoingMessage, on_delete=models.PROTECT, related_name="outcome"
    )
    taken = models.BooleanField()
    words = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.message_id} {'taken' if self.taken else self.words}"


guards.append_only(ChosenWay, ChatInvitation, Chat, ChatEnd, delete=False)
guards.append_only(Message, MessageAttempt, MessageEnd, delete=False)
guards.append_only(OutgoingMessage, MessageOutcome, delete=False)
guards.rule(
    "no_attempt_after_the_end",
    MessageAttempt,
    broken_when="EXISTS (SELECT 1 FROM members_messageend e WHERE e.message_id = NEW.message_id)",
    words="a message that has ended is not sent again",
)
