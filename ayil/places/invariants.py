"""What must hold of places."""

from ayil.kit.search import words_as_named
from ayil.places.models import Place

CHECKS = [words_as_named(Place, "name_ky", "name_ru", "name_en")]
