"""Doubles: who is suggested and why, and that a merge moves nothing and comes undone exactly."""

import hashlib
from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from ayil.kit.errors import AyilError
from ayil.members.actions import admit, enter_party, grant_role
from ayil.members.consents import record_consent
from ayil.members.doubles import (
    look_again,
    merge,
    suggest,
    suspected,
    suspicions,
    tell_apart,
    unmerge,
    waiting,
)
from ayil.members.doubles_rules import Reason, Record, is_a_slip, reasons, suspects
from ayil.members.identities import (
    canonical,
    groups,
    identities_of,
    identities_of_all,
    kept_parties,
)
from ayil.members.models import Distinction, Merge, MergeEnd, Party, PartyKind, Purpose, Role, User
from ayil.members.queries import consents_now, is_member_on, members, public_parties
from tests.cast import AT, DAY, Cast, assemble, person

MERGE_TABLES = {model._meta.db_table for model in (Merge, MergeEnd)}


def record(key: int, name: str, village: int | None = 1, phone: str = "", born: int | None = None):
    return Record.of(key, "person", name, village, phone, born)


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (record(1, "Асанова Айгүл"), record(2, "Aigul Asanova"), Reason.OTHER_ORDER),
        (record(1, "Айгүл Асанова"), record(2, "Айгул Асанова"), Reason.OTHER_SPELLING),
        (record(1, "Жыпаргүл Исаева"), record(2, "Jypargul Isaeva"), Reason.OTHER_SPELLING),
        (record(1, "Айгүл Асанова"), record(2, "айгүл асанова"), Reason.SAME_NAME),
        (record(1, "Айгүл Асанова"), record(2, "Асанова Айгүл Бековна"), Reason.PART_OF_NAME),
        (
            record(1, "Айгүл Асанова", born=1970),
            record(2, "Айгүл Асонова", born=1971),
            Reason.LETTER_APART,
        ),
    ],
)
def test_one_person_in_one_village_is_suspected(one: Record, other: Record, said: Reason) -> None:
    assert reasons(one, other)[0] == said
    assert [(a.key, b.key) for a, b, _why in suspects([one, other])] == [(1, 2)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Sisters on one telephone.
        (record(1, "Айгүл Асанова", phone="+1"), record(2, "Бурул Асанова", phone="+1")),
        # Two villages, no telephone.
        (record(1, "Айгүл Асанова", 1), record(2, "Айгүл Асанова", 2)),
        # Mother and a namesake of another age.
        (record(1, "Айгүл Асанова", born=1950), record(2, "Айгүл Асанова", born=1980)),
        # Brother and sister.
        (record(1, "Асан Бекова", born=1980), record(2, "Асан Беков", born=1980)),
        # One letter apart with nothing else that agrees.
        (record(1, "Айгүл Асанова"), record(2, "Айгүл Асонова")),
        # A community and a person.
        (record(1, "Ак-Сай Кийиз"), Record.of(2, "community", "Ак-Сай Кийиз", 1, "", None)),
        # A name that says nothing.
        (record(1, "…"), record(2, "…")),
    ],
)
def test_two_people_are_not_suspected(one: Record, other: Record) -> None:
    assert reasons(one, other) == []
    assert list(suspects([one, other])) == []


def test_a_phone_outweighs_village_and_year() -> None:
    one = record(1, "Айгүл Асанова", 1, "+996555123456", 1950)
    other = record(2, "Aigul Asanova", 2, "+996555123456", 1970)
    assert reasons(one, other) == [Reason.OTHER_SPELLING, Reason.SAME_PHONE]
    assert len(list(suspects([one, other]))) == 1


def test_where_one_record_has_no_village_the_year_decides() -> None:
    one, other = record(1, "Айгүл Асанова", None, "", 1970), record(2, "Айгүл Асанова", 2, "", 1971)
    assert reasons(one, other) == [Reason.SAME_NAME, Reason.NEAR_YEAR]
    assert len(list(suspects([one, other]))) == 1
    assert reasons(one, record(3, "Айгүл Асанова", 2)) == []


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("asanova", "asonova", True),
        ("asanova", "asnova", True),
        ("asanov", "asanova", False),
        ("asanova", "asanovi", False),
        ("ali", "ani", False),
        ("asanova", "osonova", False),
        ("nurbek", "nurlbek", True),
    ],
)
def test_a_slip_is_one_letter_inside_a_long_word(one: str, other: str, slips: bool) -> None:
    assert is_a_slip(one, other) is slips
    assert is_a_slip(other, one) is slips


@pytest.fixture
def cast(db: None) -> Cast:
    made = assemble()
    grant_role(party=made.officer, role=Role.OFFICER, since=DAY, by=made.aigul)
    return made


def twin(cast: Cast) -> Party:
    return enter_party(
        kind=PartyKind.PERSON, name="Садыкова Бурул", village=cast.aksay, phone="+996555000111",
        at=AT,
    )  # fmt: skip


def joined(cast: Cast, double: Party) -> Merge:
    return merge(kept=cast.burul, double=double, reason="same passport", by=cast.officer, at=AT)


def digest_of_all_tables() -> str:
    """Of every row of every table but those of the merges."""
    summed = hashlib.sha256()
    with connection.cursor() as cursor:
        for model in sorted(apps.get_models(), key=lambda model: model._meta.db_table):
            table = model._meta.db_table
            if table not in MERGE_TABLES:
                pk = model._meta.pk.column
                cursor.execute(f'SELECT * FROM "{table}" ORDER BY "{pk}"')  # noqa: S608
                summed.update(f"{table}{cursor.fetchall()!r}".encode())
    return summed.hexdigest()


def test_the_pair_is_suggested_to_either_and_on_the_list(cast: Cast) -> None:
    double = twin(cast)
    (found,) = suggest(double)
    assert (found.one, found.reasons) == (
        cast.burul,
        [Reason.OTHER_ORDER, Reason.SAME_VILLAGE],
    )
    assert [one.one for one in suggest(cast.burul)] == [double]
    assert suspected() == [(cast.burul.pk, double.pk)]
    (shown,) = suspicions(suspected())
    assert shown.words == ["same words of the name in another order", "same village"]


def test_suggestions_follow_a_changed_record(cast: Cast) -> None:
    double = twin(cast)
    assert len(suspected()) == 1
    double.name = "Чолпон Бекова"
    double.save()
    assert suspected() == []


def test_nothing_moves_by_a_merge_and_its_undoing(cast: Cast) -> None:
    double = twin(cast)
    admit(party=double, on=DAY, by=cast.officer, at=AT)
    before = digest_of_all_tables()
    made = joined(cast, double)
    assert digest_of_all_tables() == before
    unmerge(merge=made, reason="two sisters", by=cast.officer, at=AT)
    assert digest_of_all_tables() == before
    assert identities_of(double) == {double.pk}


def test_merged_records_are_read_as_one_whatever_the_way(cast: Cast) -> None:
    double, third = twin(cast), person("Burul S.", cast.aksay)
    joined(cast, double)
    merge(kept=third, double=cast.burul, reason="met her", by=cast.officer, at=AT)
    everyone = {cast.burul.pk, double.pk, third.pk}
    for one in (cast.burul, double, third):
        assert identities_of(one) == everyone
        assert canonical(one) == third
    assert identities_of_all([double.pk, cast.aigul.pk]) == everyone | {cast.aigul.pk}
    assert groups() == [everyone]
    assert list(kept_parties().filter(pk__in=everyone)) == [third]


def test_membership_of_either_counts_while_they_are_one(cast: Cast) -> None:
    double = twin(cast)
    alone = person("Burul S.", cast.tamga)
    admit(party=double, on=DAY, by=cast.officer, at=AT)
    made = merge(kept=alone, double=double, reason="met her", by=cast.officer, at=AT)
    assert is_member_on(alone, DAY)
    assert {alone, double} <= set(members())
    unmerge(merge=made, reason="two after all", by=cast.officer, at=AT)
    assert not is_member_on(alone, DAY)
    assert alone not in members()


def test_a_community_joined_by_the_double_makes_the_person_a_member(cast: Cast) -> None:
    double = twin(cast)
    assert is_member_on(cast.burul, DAY)
    assert not is_member_on(double, DAY)
    joined(cast, double)
    assert is_member_on(double, DAY)


def test_consent_is_the_persons_last_word_on_any_record(cast: Cast) -> None:
    double = twin(cast)
    joined(cast, double)
    for party, given in ((cast.burul, True), (double, False)):
        record_consent(party=party, purpose=Purpose.PUBLIC_PAGE, given=given, by=cast.burul, at=AT)
    assert not consents_now(cast.burul, Purpose.PUBLIC_PAGE)
    assert not {cast.burul, double} & set(public_parties())


def test_roles_stay_with_the_record_they_were_given_to(cast: Cast) -> None:
    double = twin(cast)
    grant_role(party=double, role=Role.MANAGER, since=DAY, by=cast.aigul)
    joined(cast, double)
    assert not cast.burul.roles.exists()


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_merge_says_why(cast: Cast, reason: str) -> None:
    with pytest.raises(AyilError, match="how you know"):
        merge(kept=cast.burul, double=twin(cast), reason=reason, by=cast.officer, at=AT)


def test_what_cannot_be_one_person_is_refused(cast: Cast) -> None:
    double = twin(cast)
    why = {"reason": "same", "at": AT}
    with pytest.raises(AyilError, match="may not do this"):
        merge(kept=cast.burul, double=double, by=cast.jyldyz, **why)
    with pytest.raises(AyilError, match="community"):
        merge(kept=cast.burul, double=cast.community, by=cast.officer, **why)
    with pytest.raises(AyilError, match="another officer"):
        merge(kept=cast.officer, double=double, by=cast.officer, **why)
    joined(cast, double)
    with pytest.raises(AyilError, match="already"):
        merge(kept=double, double=cast.burul, by=cast.officer, **why)
    assert Merge.objects.count() == 1


def test_a_merge_is_undone_once(cast: Cast) -> None:
    made = joined(cast, twin(cast))
    unmerge(merge=made, reason="two", by=cast.officer, at=AT)
    with pytest.raises(AyilError, match="already"):
        unmerge(merge=made, reason="two", by=cast.officer, at=AT)


def test_the_database_refuses_a_ring(cast: Cast) -> None:
    double = twin(cast)
    joined(cast, double)
    for kept, other in ((double, cast.burul), (cast.jyldyz, double)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Merge.objects.create(kept=kept, double=other, reason="x", by=cast.officer, at=AT)


def test_two_people_are_not_suggested_again_until_that_is_taken_back(cast: Cast) -> None:
    double = twin(cast)
    said = tell_apart(one=double, other=cast.burul, by=cast.officer, at=AT)
    assert tell_apart(one=cast.burul, other=double, by=cast.officer, at=AT) == said
    assert suspected() == []
    assert suggest(double) == []
    with pytest.raises(AyilError, match="two people"):
        joined(cast, double)
    look_again(distinction=said, by=cast.officer, at=AT)
    assert len(suspected()) == len(suggest(double)) == 1
    assert Distinction.objects.count() == 1


def test_what_was_told_of_a_record_holds_for_its_doubles(cast: Cast) -> None:
    double, third = twin(cast), person("Бурул Садыкова", cast.aksay)
    tell_apart(one=double, other=third, by=cast.officer, at=AT)
    assert suspected() == [(cast.burul.pk, double.pk), (cast.burul.pk, third.pk)]
    joined(cast, double)
    assert suspected() == []


def test_the_desk_is_told_of_pairs(cast: Cast) -> None:
    user = User.objects.create(username="nurlan", party=cast.officer)
    assert waiting(user, date(2012, 7, 3)) == []
    twin(cast)
    (told,) = waiting(user, date(2012, 7, 3))
    assert (told.count, told.what) == (1, "1 pair of records that may be one person")


@pytest.mark.parametrize("others", [1, 3])
def test_suggesting_costs_as_many_queries_beside_many(cast: Cast, others: int) -> None:
    double = twin(cast)
    for _number in range(others):
        person("Бурул Садыкова", cast.aksay)
    with CaptureQueriesContext(connection) as captured:
        assert len(suggest(double)) == others + 1
    assert len(captured) == 5
