"""Lists of people: read in three languages, shown before anything is done, done just as shown."""

import hashlib
from datetime import date

import pytest
from django.apps import apps
from django.db import connection

from ayil.kit import search
from ayil.kit.errors import AyilError
from ayil.kit.lists import day_of, list_to_fill_in
from ayil.kit.tables import read_table, write_csv, write_xlsx
from ayil.members.actions import grant_role
from ayil.members.imports import PEOPLE, carry_out, read_list
from ayil.members.imports import PeoplePlan as Plan
from ayil.members.imports.columns import COLUMNS, year_of
from ayil.members.models import Affiliation, MembershipEvent, Party, PartyKind, Role
from ayil.members.people import change_record
from ayil.members.queries import is_member_on, last_step
from ayil.places.actions import enter_place
from ayil.places.models import PlaceKind
from tests.cast import AT, DAY, Cast, assemble

TODAY = date(2012, 7, 2)
HEADER = ("Аты", "Айылы", "Телефон", "Туулган жылы", "Жынысы", "Тили", "Ким", "Жамааты", "Орду")


@pytest.fixture
def cast(db: None) -> Cast:
    made = assemble()
    grant_role(party=made.officer, role=Role.OFFICER, since=DAY, by=made.aigul)
    return made


def plan(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER[:5]) -> Plan:
    return read_list(write_csv(header, rows), "list.csv", today=TODAY)


def done(cast: Cast, made: Plan) -> Plan:
    return carry_out(plan=made, by=cast.officer, at=AT)


def faults(made: Plan) -> list[tuple[int, str]]:
    return [(one.line, one.column) for one in made.faults]


def everything() -> str:
    summed = hashlib.sha256()
    with connection.cursor() as cursor:
        for model in sorted(apps.get_models(), key=lambda model: model._meta.db_table):
            table = model._meta.db_table
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')  # noqa: S608
            summed.update(f"{table}{cursor.fetchall()!r}".encode())
    return summed.hexdigest()


ASEL = ("Асел Бекова", "Тамга", "0555 12-34-56", "1975", "аял")


def test_a_row_becomes_a_record(cast: Cast) -> None:
    made = plan(ASEL)
    assert (made.new, made.faults) == (1, [])
    done(cast, made)
    asel = Party.objects.get(name="Асел Бекова")
    assert (asel.village, asel.phone, asel.born_year, asel.sex, asel.language, asel.kind) == (
        cast.tamga, "+996555123456", 1975, "woman", "ky", "person",
    )  # fmt: skip
    assert asel.entered_at == AT
    assert asel.sort_key
    assert asel.history.count() == 1
    assert search.found(Party.objects.all(), "asel bekova", most=5) == ([asel], False)


def test_the_same_list_twice_changes_nothing(cast: Cast) -> None:
    rows = (
        ("Тамга уздары", "Тамга", "", "", "", "", "жамаат", "", ""),
        ("Асел Бекова", "Тамга", "0555123456", "1975", "аял", "ky", "", "Тамга уздары", "жетекчи"),
        ("Айша Бекова", "Тамга", "", "", "", "", "", "Тамга уздары", "байланышчы"),
    )
    header = (*HEADER, "Мүчө болгон күнү")
    dated = [(*row, "05.06.2012" if number == 0 else "") for number, row in enumerate(rows)]
    header = (*HEADER[:8], "Жамааттагы орду", "Мүчө болгон күнү")
    first = done(cast, plan(*dated, header=header))
    assert (first.new, first.joined, first.admitted) == (3, 2, 1)
    before = everything()
    again = plan(*dated, header=header)
    assert (again.new, again.filled, again.same, again.changes_anything) == (0, 0, 3, False)
    done(cast, again)
    assert everything() == before
    community = Party.objects.get(name="Тамга уздары")
    assert [one.part for one in community.affiliates.order_by("id")] == ["leader", "contact"]
    assert is_member_on(Party.objects.get(name="Айша Бекова"), DAY)
    assert last_step(community) == "active"
    assert MembershipEvent.objects.filter(party=community).first().on == date(2012, 6, 5)


def test_gaps_are_filled_and_nothing_that_is_known_is_overwritten(cast: Cast) -> None:
    done(cast, plan(("Асел Бекова", "Тамга", "", "1975", "")))
    made = plan(ASEL)
    assert (made.filled, made.new) == (1, 0)
    assert made.planned[0].filled_columns == ["Telephone", "Woman or man"]
    done(cast, made)
    asel = Party.objects.get(name="Асел Бекова")
    assert (asel.phone, asel.sex) == ("+996555123456", "woman")
    other = plan(("Асел Бекова", "Тамга", "0777 000 111", "1975", ""))
    assert other.new == 1


@pytest.mark.parametrize(
    ("cell", "place", "column"),
    [
        (("", "Тамга", "", "", ""), 0, "Аты"),
        (("Асел", "Тамгак", "", "", ""), 1, "Айылы"),
        (("Асел", "Тамга", "12345", "", ""), 2, "Телефон"),
        (("Асел", "Тамга", "", "19755", ""), 3, "Туулган жылы"),
        (("Асел", "Тамга", "", "1875", ""), 3, "Туулган жылы"),
        (("Асел", "Тамга", "", "2011", ""), 3, "Туулган жылы"),
        (("Асел", "Тамга", "", "", "ооба"), 4, "Жынысы"),
    ],
)
def test_each_error_is_told_by_line_and_column(
    cast: Cast, cell: tuple[str, ...], place: int, column: str
) -> None:
    before = everything()
    made = plan(ASEL, cell)
    assert faults(made) == [(3, column)]
    assert made.faults[0].words.endswith((".",))
    with pytest.raises(AyilError, match="Mend them first"):
        done(cast, made)
    assert everything() == before


def test_a_village_is_known_by_any_spelling_and_by_its_code(cast: Cast) -> None:
    for number, spelling in enumerate(("Тамга", "tamga", "ТАМГА", "ton-tamga")):
        made = plan((f"Асел {number}", spelling, "", "", ""))
        assert made.rows[0].village == cast.tamga.pk, spelling


def test_a_name_of_two_villages_is_refused_with_both_codes(cast: Cast) -> None:
    enter_place(
        code="ton-second-ak-say", kind=PlaceKind.VILLAGE, parent=cast.aksay.parent, source="test",
        names=("Ak-Say", "Ак-Сай", "Ак-Сай"),
    )  # fmt: skip
    made = plan(("Асел", "Ак-Сай", "", "", ""))
    assert "ton-ak-say, ton-second-ak-say" in made.faults[0].words
    assert plan(("Асел", "ton-ak-say", "", "", "")).rows[0].village == cast.aksay.pk


def test_two_rows_of_one_person_are_refused(cast: Cast) -> None:
    made = plan(ASEL, ("асел бекова", "Тамга", "", "", ""))
    assert faults(made) == [(3, "асел бекова")]
    assert "Line 2" in made.faults[0].words
    told_apart = plan(ASEL, ("Асел Бекова", "Тамга", "", "1950", ""))
    assert told_apart.new == 2


def test_likely_doubles_are_named(cast: Cast) -> None:
    made = plan(("Садыкова Бурул", "Ак-Сай", "", "", ""))
    (likely,) = made.planned[0].likely
    assert likely.party == cast.burul.pk
    assert likely.reasons == ["same words of the name in another order", "same village"]
    assert made.as_dict()["likely_doubles"]


def test_a_community_that_nobody_knows_is_refused(cast: Cast) -> None:
    header = ("Имя", "Село", "Община")
    made = plan(("Асел", "Тамга", "Нет такой"), header=header)
    assert "no community" in made.faults[0].words
    known = plan(("Асел", "Ак-Сай", "Ak-Say Kiyiz"), header=header)
    done(cast, known)
    assert Affiliation.objects.filter(person__name="Асел", community=cast.community).exists()


def test_a_community_is_not_admitted_without_its_contacts(cast: Cast) -> None:
    header = ("name", "kind", "village", "community", "part in the community", "member since")
    made = plan(
        ("Tamga Jam", "community", "Tamga", "", "", "2012-06-05"),
        ("Asel", "", "Tamga", "Tamga Jam", "leader", ""),
        header=header,
    )
    assert faults(made) == [(2, "Tamga Jam")]


def test_a_day_to_come_is_refused(cast: Cast) -> None:
    made = plan(("Asel", "2013-01-01"), header=("name", "member since"))
    assert faults(made) == [(2, "member since")]


def test_what_changed_since_it_was_shown_is_refused(cast: Cast) -> None:
    done(cast, plan(("Асел Бекова", "Тамга", "", "", "")))
    shown = plan(ASEL)
    asel = Party.objects.get(name="Асел Бекова")
    change_record(party=asel, changed={"phone": "+996555123456"}, by=cast.officer, at=AT)
    before = everything()
    with pytest.raises(AyilError, match="changed since"):
        done(cast, shown)
    assert everything() == before


def test_the_digest_is_of_what_would_be_done(cast: Cast) -> None:
    assert plan(ASEL).digest == plan(ASEL).digest
    assert plan(ASEL).digest != plan((*ASEL[:4], "эркек")).digest


def test_only_who_may_imports(cast: Cast) -> None:
    with pytest.raises(AyilError, match="may not do this"):
        carry_out(plan=plan(ASEL), by=cast.jyldyz, at=AT)


def test_columns_that_nobody_knows_are_named_and_a_doubled_one_is_refused(cast: Cast) -> None:
    made = plan(("Асел", "x", "Тамга", "Тамга"), header=("Аты", "Буту", "Айылы", "Село"))
    assert made.left_out == ["Буту"]
    assert faults(made) == [(1, "Село")]


def test_a_list_without_names_is_no_list(cast: Cast) -> None:
    with pytest.raises(AyilError, match="lacks a column"):
        plan(("x",), header=("Айылы",))


@pytest.mark.parametrize(
    "cell", ["=1+1", "+996555123456", "@SUM(A1)", '=HYPERLINK("x")', "<script>"]
)
def test_what_looks_like_a_formula_is_a_name_and_nothing_else(cast: Cast, cell: str) -> None:
    done(cast, read_list(write_xlsx(("Аты",), [(cell,)]), "x.xlsx", today=TODAY))
    assert Party.objects.filter(name=cell).exists()


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_list_to_fill_in_brings_its_examples_back_as_nothing(
    cast: Cast, language: str, form: str
) -> None:
    data = list_to_fill_in(PEOPLE, language=language, form=form)
    table = read_table(data, "t")
    assert len(table.header) == len(COLUMNS)
    made = read_list(data, "t", today=TODAY)
    assert (made.faults, made.new, made.examples, made.left_out) == ([], 0, 2, [])
    filled = [tuple(cell.partition(": ")[2] or cell for cell in row) for row in table.rows]
    real = plan(*filled, header=table.header)
    assert (real.faults, real.new, real.joined) == ([], 2, 1)
    done(cast, real)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Аты-жөнү", "name"), ("ФИО", "name"), ("NAME:", "name"), ("аты жону", "name"),
        ("Село", "village"), ("Айыл", "village"), ("Год  рождения", "born_year"),
        ("Телефон.", "phone"), ("Жынысы", "sex"), ("Gender", "sex"), ("Буту", None), ("", None),
    ],
)  # fmt: skip
def test_columns_are_known_by_many_names(heading: str, column: str | None) -> None:
    assert PEOPLE.of(heading) == column


def test_no_name_of_a_column_stands_for_two() -> None:
    seen: dict[str, str] = {}
    for column, spellings in COLUMNS.items():
        for names in spellings.values():
            for name in names:
                assert PEOPLE.of(name) == column
                assert seen.setdefault(name, column) == column


def test_years_days_and_words_are_read_as_people_write_them() -> None:
    assert [year_of(cell) for cell in ("1975", "1975-ж.", "12.05.1975", "1975-05-12", "")] == [
        1975, 1975, 1975, 1975, None,
    ]  # fmt: skip
    assert day_of("5.6.2012") == day_of("2012-06-05") == date(2012, 6, 5)
    assert (
        PEOPLE.answer("sex", "Ж.")
        == PEOPLE.answer("sex", "аял")
        == PEOPLE.answer("sex", "Female")
        == "woman"
    )
    assert PEOPLE.answer("language", "kyrgyz") == "ky"
    for read in (
        lambda: day_of("31.02.2012"),
        lambda: year_of("75"),
        lambda: PEOPLE.answer("sex", "x"),
    ):
        with pytest.raises(AyilError):
            read()


def test_many_rows_cost_few_queries(cast: Cast, django_assert_max_num_queries: object) -> None:
    made = plan(*[(f"Асел {number}", "Тамга", "", "", "") for number in range(300)])
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        done(cast, made)
    assert Party.objects.filter(kind=PartyKind.PERSON, entered_at=AT).count() >= 300
