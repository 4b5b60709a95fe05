"""Finding by words: any script, prefixes, order, and what verify says when the words are wrong."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ayil.kit import search
from ayil.kit.invariants import collected
from ayil.kit.models import SearchWord
from ayil.kit.search import Asked, asked_words, found, matching, remember_many, words_of
from ayil.kit.spelling import sort_key
from ayil.members.models import Party, PartyKind
from ayil.places.models import Place
from ayil.products.models import Product, ProductKind
from tests.cast import AT, assemble, person

pytestmark = pytest.mark.django_db
CLERKS = ("Жыпаргүл Асанова", "Жыпаргул Бекова", "Zhypargul Asanova", "Нурлан Асанов")


def names_found(query: str, most: int = 20) -> list[str]:
    rows, _more = found(Party.objects.order_by("sort_key", "id"), query, most=most)
    return [party.name for party in rows]


@pytest.fixture
def people() -> list[Party]:
    return [person(name) for name in CLERKS]


@pytest.mark.parametrize("query", ["Жыпаргүл", "жыпаргул", "JYPARGUL", "Dzhypar", "жып"])
def test_a_name_is_found_in_any_script_and_by_its_beginning(
    people: list[Party], query: str
) -> None:
    assert names_found(query) == ["Zhypargul Asanova", "Жыпаргул Бекова", "Жыпаргүл Асанова"]


@pytest.mark.parametrize("query", ["Асанова Жыпаргүл", "jypar asan", "асан жы"])
def test_all_words_in_any_order(people: list[Party], query: str) -> None:
    assert names_found(query) == ["Zhypargul Asanova", "Жыпаргүл Асанова"]


@pytest.mark.parametrize("query", ["", "  ", "-", "паргүл", "Асанов Бекова", "'; DROP", "%", "\\"])
def test_nothing_for_nobody(people: list[Party], query: str) -> None:
    assert names_found(query) == []


def test_a_word_of_the_last_letters_is_found_whole() -> None:
    """The end of a range of prefixes: z is the last letter, and nothing may stand behind it."""
    for name in ("Азиз", "Азизз", "Зззз", "Азия", "Бв"):
        person(name)
    assert names_found("Азиз") == ["Азиз", "Азизз"]
    assert names_found("З") == ["Зззз"]
    assert names_found("Az") == ["Азиз", "Азизз", "Азия"]


def test_letters_of_other_alphabets_are_found_by_their_beginning() -> None:
    person("მარიამ")
    assert names_found("მარ") == ["მარიამ"]


@pytest.mark.parametrize("query", ["Кызыл-Суу", "кызылсуу", "kyzyl suu", "кызыл", "суу"])
def test_a_name_with_a_hyphen_is_found_as_one_word_too(query: str) -> None:
    person("Кызыл-Суу кооперативи")
    assert len(names_found(query)) == 1


def test_yo_of_russian_papers_stands_for_kyrgyz_o() -> None:
    person("Тёрт-Кёль")
    assert len(names_found("Төрт-Көл")) == 1


def test_a_changed_name_is_found_by_its_new_words_alone(people: list[Party]) -> None:
    people[1].name = "Жыпаргул Осмонова"
    people[1].save()
    assert names_found("Бекова") == []
    assert names_found("Осмонова") == ["Жыпаргул Осмонова"]
    assert SearchWord.objects.filter(object_id=people[1].pk, kind="members.party").count() == 2


def test_only_so_many_and_whether_there_are_more(people: list[Party]) -> None:
    rows = Party.objects.order_by("sort_key", "id")
    assert found(rows, "Асан", most=2)[1]
    assert not found(rows, "Асан", most=3)[1]
    assert names_found("Асан", most=2) == ["Zhypargul Asanova", "Жыпаргүл Асанова"]


def test_many_answers_are_read_in_the_order_of_names(people: list[Party]) -> None:
    """Above FEW answers the rows are walked by name instead: the same answer in the same order."""
    number = search.FEW + 200
    made = Party.objects.bulk_create(
        Party(
            kind=PartyKind.PERSON,
            name=f"Асан {place:05d}",
            sort_key=sort_key(f"Асан {place:05d}"),
            entered_at=AT,
        )
        for place in range(number)
    )
    remember_many(Party, {party.pk: [party.name] for party in made})
    assert names_found("асан", most=2) == ["Zhypargul Asanova", "Асан 00000"]
    assert names_found("асан 0000", most=3) == ["Асан 00000", "Асан 00001", "Асан 00002"]
    assert names_found("асан 02199") == ["Асан 02199"]


def test_a_search_costs_two_queries_whatever_it_finds(people: list[Party]) -> None:
    for query in ("Бекова", "Асан", "Шахерезада Асан Жыпаргүл"):
        with CaptureQueriesContext(connection) as captured:
            names_found(query)
        assert len(captured) <= 2


def test_a_prefix_is_a_range_of_the_index(people: list[Party]) -> None:
    """Else a hundred thousand names would be read for each letter that is typed."""
    words = SearchWord.objects.filter(kind="members.party", word__gte=b"as", word__lt=b"as\xff")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET enable_seqscan = off")
    plan = words.values("object_id").explain()
    assert "word_by_prefix" in plan
    assert "word" in plan.split("word_by_prefix", 1)[1]


def test_ids_for_a_filter(people: list[Party]) -> None:
    assert set(matching(Party, "jypar asan").values_list("object_id", flat=True)) == {
        people[0].pk, people[2].pk,
    }  # fmt: skip
    assert not matching(Party, "…").exists()


def test_places_and_products_are_found_by_each_of_their_names() -> None:
    cast = assemble()
    for query in ("Felt", "войлочн", "кийиз", "kiyiz chokoy"):
        assert found(Product.objects.order_by("id"), query, most=5)[0] == [cast.slippers.product]
    assert found(Place.objects.order_by("id"), "aksai", most=5)[0] == [cast.aksay]


def test_products_made_in_bulk_have_their_sort_keys() -> None:
    cast = assemble()
    [made] = Product.objects.bulk_create(
        [Product(owner=cast.burul, kind=ProductKind.CRAFT, name_ru="Шырдак")]
    )
    made.refresh_from_db()
    assert made.sort_key_ky == made.sort_key_en == sort_key("Шырдак")


def test_the_longest_words_asked_come_first_and_not_too_many() -> None:
    assert asked_words("а бекова ас бекова") == [b"bekova", b"as", b"a"]
    assert len(asked_words(" ".join(f"word{place}" for place in range(50)))) == search.WORDS_ASKED
    assert all(len(word) <= search.LONGEST_WORD for word in words_of("ы" * 200))


def test_a_very_long_word_is_found_by_its_beginning() -> None:
    person("Ы" + "кл" * 60)
    assert len(names_found("Ы" + "кл" * 60)) == 1


def breaches() -> list[str]:
    return [
        line for check in collected() if "found by its name" in check.title for line in check.find()
    ]


def test_verify_compares_the_words_with_the_names(people: list[Party]) -> None:
    assert breaches() == []
    Party.objects.filter(pk=people[0].pk).update(name="Басып кетти")
    SearchWord.objects.filter(object_id=people[1].pk, word=b"bekova").delete()
    SearchWord.objects.create(kind="members.party", object_id=999_999, word=b"nobodi")
    assert set(breaches()) == {
        "members.party 999999: there is no such row, and it has search words",
        f"members.party {people[0].pk}: its search words are not those of its name",
        f"members.party {people[1].pk}: its search words are not those of its name",
    }


@pytest.mark.parametrize(
    ("text", "digits", "path"),
    [
        ("4172 0093 11", "4172009311", ""),
        ("4172-0093-11", "4172009311", ""),
        ("+996 555 123456", "996555123456", ""),
        ("Асан 12", "", ""),
        ("١٢٣", "", ""),
        ("https://ayil.kg/card/Ab_1-R/?x=1", "", "/card/Ab_1-R/"),
        ("реезыЖ..фншдюлп.сфкв.Фи_1-К.", "", "/card/Ab_1-R/"),
        ("javascript:alert(1)", "", ""),
    ],
)
def test_what_was_asked(text: str, digits: str, path: str) -> None:
    assert (Asked(text).digits, Asked(text).path) == (digits, path)
