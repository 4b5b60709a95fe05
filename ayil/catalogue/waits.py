"""What villagers and visitors cannot read in their own language yet."""

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from ayil.catalogue.models import Announcement
from ayil.catalogue.queries import standing_announcements
from ayil.kit.names import LANGUAGES_IN_TURN
from ayil.members.models import User
from ayil.members.rights import Right
from ayil.members.waiting import Waiting
from ayil.products.models import Product


def words_waiting(_user: User, _day: date) -> list[Waiting]:
    """The same for all: the pages are public."""
    return [_names(), _texts()]


def products_without_words() -> QuerySet[Product]:
    """Products that lack a name in one of the languages, the oldest first."""
    return Product.objects.filter(Q(name_ky="") | Q(name_ru="") | Q(name_en="")).order_by("id")


def announcements_without_words() -> QuerySet[Announcement]:
    """Announcements that stand and lack a text in one of the languages, the oldest first."""
    counted = standing_announcements().annotate(languages=Count("texts"))
    return counted.filter(languages__lt=len(LANGUAGES_IN_TURN)).order_by("on", "id")


def _names() -> Waiting:
    count = products_without_words().count()
    what = ngettext(
        "%(count)s product has no name yet in one of the languages",
        "%(count)s products have no name yet in one of the languages",
        count,
    )
    return Waiting(what % {"count": count}, count, None, reverse("words"), Right.GIVE_WORDS)


def _texts() -> Waiting:
    rows = announcements_without_words()
    count = rows.count()
    what = ngettext(
        "%(count)s announcement is not translated yet",
        "%(count)s announcements are not translated yet",
        count,
    )
    oldest = rows.values_list("on", flat=True).first()
    return Waiting(what % {"count": count}, count, oldest, reverse("words"), Right.GIVE_WORDS)
