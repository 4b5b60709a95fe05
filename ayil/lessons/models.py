"""A lesson's life, a dated row a step: triggered, delivered, action promised, outcome measured."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayil.kit import guards
from ayil.lessons import choice, lesson, words
from ayil.members.models import Party, Shop
from ayil.products.models import Variant


class Action(models.TextChoices):
    """The actions of `lesson.Action`, named for people."""

    BRING = lesson.Action.BRING.value, _("bring")
    BRING_A_FEW = lesson.Action.BRING_A_FEW.value, _("bring a few")
    WAIT = lesson.Action.WAIT.value, _("bring no more for now")
    KEEP_ON_SHELF = lesson.Action.KEEP_ON_SHELF.value, _("keep on the shelf")
    ASK_VISITORS = lesson.Action.ASK_VISITORS.value, _("ask visitors")
    CHANGE_ONE_THING = lesson.Action.CHANGE_ONE_THING.value, _("change one thing")


class Lesson(models.Model):
    """What one producer is told at one shop on a day: one fact, one suggestion, one action.

    `figures` is `lesson.Lesson.as_json()`. `source` says which rows they were taken from: `first`
    and `last` day of the window (ISO 8601), the shop's `open_days` in it, the highest `movement`
    read, and the `due_open_days` after which the outcome of an action may be measured.
    `after` is the outcome of earlier advice, with which this lesson begins.
    """

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="lessons")
    producer = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="lessons")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="lessons")
    as_of = models.DateField()
    kind = models.CharField(max_length=20)
    reason = models.CharField(max_length=20)
    figures = models.JSONField()
    source = models.JSONField()
    after = models.OneToOneField(
        "Outcome", null=True, blank=True, on_delete=models.PROTECT, related_name="next_lesson"
    )
    triggered_at = models.DateTimeField()
    triggered_by = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["shop_id", "producer_id", "as_of"]
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "producer", "as_of"], name="one_lesson_a_producer_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.producer_id} on {self.as_of}: {self.kind} of {self.variant_id}"

    @property
    def record(self) -> lesson.Lesson:
        return lesson.lesson_from_json(self.figures)

    @property
    def why(self) -> choice.Reason:
        return choice.Reason(self.reason)

    def in_words(self) -> words.Spoken:
        """In the active language; reads the variant's name and the earlier advice's."""
        told = words.tell(self.record, name=self.variant.name)
        opening = self.after.in_words() if self.after else ""
        return words.Spoken(opening, *told, words.reason(self.why))

    @property
    def due_open_days(self) -> int:
        return int(self.source["due_open_days"])


class Channel(models.TextChoices):
    PAGE = "page", _("on the page")
    MESSAGE = "message", _("by message")
    PAPER = "paper", _("on paper")
    SPOKEN = "spoken", _("by word of mouth")


class LessonDelivery(models.Model):
    """The lesson reached its producer, in these words."""

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel)
    language = models.CharField(max_length=2)
    words = models.TextField()
    delivered_at = models.DateTimeField()
    by = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["lesson_id", "id"]
        verbose_name_plural = "lesson deliveries"
        constraints = [
            models.UniqueConstraint(fields=["lesson", "channel"], name="delivered_once_a_channel")
        ]

    def __str__(self) -> str:
        return f"{self.lesson_id} {self.channel} {self.language}"


class ActionPromise(models.Model):
    """The producer said what they will do; `units` where it is about bringing some."""

    lesson = models.OneToOneField(Lesson, on_delete=models.PROTECT, related_name="promise")
    action = models.CharField(max_length=20, choices=Action)
    units = models.PositiveIntegerField(null=True, blank=True)
    promised_on = models.DateField()
    promised_at = models.DateTimeField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["lesson_id"]
        constraints = [
            models.CheckConstraint(
                name="only_bringing_has_units", condition=Q(units__isnull=True) | Q(action="bring")
            )
        ]

    def __str__(self) -> str:
        return f"{self.lesson_id} {self.action}"


class Outcome(models.Model):
    """What the books show once the time was up: units, and open days from `first` to `last`.

    `brought` is empty where deliveries are not known.
    """

    promise = models.OneToOneField(ActionPromise, on_delete=models.PROTECT, related_name="outcome")
    verdict = models.CharField(max_length=20)
    first = models.DateField()
    last = models.DateField()
    open_days = models.PositiveIntegerField()
    brought = models.BigIntegerField(null=True, blank=True)
    sold = models.BigIntegerField()
    measured_at = models.DateTimeField()
    by = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["promise_id"]
        constraints = [
            models.CheckConstraint(name="outcome_spans_days", condition=Q(last__gte=F("first")))
        ]

    def __str__(self) -> str:
        return f"{self.promise_id} {self.verdict}"

    def in_words(self) -> str:
        return words.last_advice(
            choice.Verdict(self.verdict),
            lesson.Action(self.promise.action),
            choice.Since(self.open_days, self.brought, self.sold),
            name=self.promise.lesson.variant.name,
        )


class FlashPass(models.Model):
    """A shop's makers were told of what sold up to `seq_to` in the order of posting.

    The first pass of a shop tells nobody: what was sold before it is no news. Every line at or
    below `open_from` is in a flash by now; above it stand those of makers who are told more rarely.
    """

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="flash_passes")
    number = models.PositiveIntegerField()
    seq_to = models.BigIntegerField()
    open_from = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["shop_id", "number"]
        verbose_name_plural = "flash passes"
        constraints = [
            models.UniqueConstraint(fields=["shop", "number"], name="one_flash_pass_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.shop_id} pass {self.number} up to {self.seq_to}"


class Flash(models.Model):
    """Sale lines of one producer, told together: those after `seq_from` up to and with `seq_to`.

    Each line after the shop's first pass is in exactly one. Amounts are net of what came back.
    `silence` says why nobody was told (a code of messages.queue.Silence), and is empty where a
    message was made; its key is `key`.
    """

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="flashes")
    producer = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="flashes")
    number = models.PositiveIntegerField()
    seq_from = models.BigIntegerField()
    seq_to = models.BigIntegerField()
    sale_lines = models.PositiveIntegerField()
    units = models.BigIntegerField()
    share_minor = models.BigIntegerField()
    silence = models.CharField(max_length=12, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["shop_id", "producer_id", "number"]
        verbose_name_plural = "flashes"
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "producer", "number"], name="one_flash_a_number"
            ),
            models.CheckConstraint(
                name="flash_goes_forward", condition=Q(seq_to__gt=F("seq_from"))
            ),
        ]
        indexes = [models.Index(fields=["shop", "producer", "-seq_to"], name="flash_by_posting")]

    def __str__(self) -> str:
        return f"{self.producer_id} flash {self.number}"

    @property
    def key(self) -> str:
        """The key of its message."""
        return f"flash/{self.shop_id}/{self.producer_id}/{self.number}"


guards.append_only(Lesson, LessonDelivery, ActionPromise, Outcome)
guards.append_only(FlashPass, Flash)
# A lesson begins with the outcome of that same producer's earlier advice, or with none.
guards.rule(
    "lesson_after_own_outcome",
    Lesson,
    broken_when=(
        "NEW.after_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM lessons_outcome o "
        "JOIN lessons_actionpromise p ON p.id = o.promise_id "
        "JOIN lessons_lesson l ON l.id = p.lesson_id "
        "WHERE o.id = NEW.after_id AND l.producer_id = NEW.producer_id "
        "AND l.shop_id = NEW.shop_id)"
    ),
    words="a lesson follows on the outcome of its own producer's advice",
)
guards.rule(
    "flash_begins_where_the_last_ended",
    Flash,
    broken_when=(
        "NEW.seq_from <> coalesce((SELECT max(f.seq_to) FROM lessons_flash f "
        "WHERE f.shop_id = NEW.shop_id AND f.producer_id = NEW.producer_id), "
        "(SELECT min(p.seq_to) FROM lessons_flashpass p WHERE p.shop_id = NEW.shop_id), -1)"
    ),
    words="a flash begins where the last one of its producer ended",
)
