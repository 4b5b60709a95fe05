"""Who takes part: thirty communities of twenty villages, a few makers on their own, the posts."""

from random import Random

from ayil.demo.programme import geography, goods, people
from ayil.demo.programme.records import Cast, Community, Good, Person

VILLAGES = 20
VILLAGES_IN_SMALL = 4
# Known by name in the guide and in the tests, whatever the seed.
_LEADERS = {"ak-say-kiyiz": ("Бурул Садыкова", True)}
_MOSTLY_WOMEN = 0.8


def cast(rng: Random, *, small: bool) -> Cast:
    villages = geography.villages(VILLAGES_IN_SMALL if small else VILLAGES)
    codes = {village.code for village in villages}
    given = people.names(rng)
    makers: list[Person] = []
    communities: list[Community] = []
    made: list[Good] = []
    for village, key, name, kinds in goods.COMMUNITIES:
        if village not in codes:
            continue
        members = [_LEADERS.get(key) or people.someone_of(given, woman=True)]
        members += [
            people.someone_of(given, woman=rng.random() < _MOSTLY_WOMEN)
            for _ in range(rng.randint(2, 3))
        ]
        persons = [
            people.person(f"{key}-{number}", pair, village, rng)
            for number, pair in enumerate(members, 1)
        ]
        makers += persons
        communities.append(Community(key, name, village, tuple(p.key for p in persons)))
        made += goods.goods_of(key, village, kinds)
    sole: dict[str, bool] = {}
    for village, key, name, woman, kinds, joined in goods.SOLE_MAKERS:
        if village in codes:
            makers.append(people.person(key, (name, woman), village, rng))
            sole[key] = joined
            made += goods.goods_of(key, village, kinds)
    return Cast(villages, people.staff(), tuple(makers), tuple(communities), sole, tuple(made))
