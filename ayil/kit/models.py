"""The words by which anything that bears a name is found."""

from typing import TYPE_CHECKING, Any

from django.db import models

from ayil.kit.spelling import sort_key

if TYPE_CHECKING:
    _Text = models.CharField[str, str]
else:
    _Text = models.CharField  # only the type checker's class takes types in brackets


class SearchWord(models.Model):
    """One folded word of one row's names; `kind` is the model's label ("members.party").

    The word is kept as bytes: those compare alike on both databases, whatever collation the
    cluster was made with (Czech sorts "ch" behind "h", and a range of prefixes would miss it).
    """

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    word = models.BinaryField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id", "word"], name="one_word_once")
        ]
        indexes = [models.Index(fields=["kind", "word", "object_id"], name="word_by_prefix")]

    def __str__(self) -> str:
        return f"{bytes(self.word).decode(errors='replace')}: {self.kind} {self.object_id}"


class SortKeyField(_Text):
    """The Kyrgyz alphabet's place of the first of `of` that is filled in; written with the row,
    by `bulk_create` too, so that it cannot be forgotten."""

    def __init__(self, *args: Any, of: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **{"max_length": 128, "editable": False} | kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        named = (getattr(model_instance, name) for name in self.of)
        key = sort_key(next((name for name in named if name), ""))
        setattr(model_instance, self.attname, key)
        return key
