"""The till folds words exactly as the server does: what one finds, the other finds."""

import random

import pytest

from ayil.kit.spelling import folded_words
from tests.till.conftest import Modules

pytestmark = pytest.mark.browser

NAMES = (
    "Жыпаргүл", "Жыпаргул", "Zhypargul", "Dzhypargul", "Jypargul", "Чычырканак кыямы",
    "Войлочные тапочки", "Кийиз чокой", "Sea-buckthorn jam", "Төрт-Күл", "Тёрт-Куль", "Tort-Kul",
    "Каджи-Сай", "Kaji-Say", "Kadzhi-Say", "Светлая Поляна", "Барскоон", "Щавель объёмный",
    "Ысык-Көл облусу", "O'rik qaqi", "Şırdak ÇAY İpek", "Straße ﬁn ǅ ς ſ", "Ø œ æ ñ é",
    "№ 12 ½ ² Ⅻ", "a_b __ c", "Эшмат’ов Д`Арк", "", "  ", "ё е́ й", "ﷺ 中文 かな 한국",
    "𐐀 😀 e\u0301 и\u0306", "nng ngg ddj zzhh shchch yyu xx ww qq",
)  # fmt: skip
LETTERS = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюяabcdefghijklmnopqrstuvwxyzşçı'’- 019́̆ЖЦЫ"


def test_words_fold_as_on_the_server(modules: Modules) -> None:
    chance = random.Random(1)
    made = [
        "".join(chance.choice(LETTERS) for _ in range(chance.randint(1, 14))) for _ in range(4000)
    ]
    spelt = [
        "".join(chance.choice(("zh", "dj", "shch", "sh", "kh", "ng", "ya", "yu", "ts", "y", "g",
                               "a", "n", "h", "s", "c", "d", "j", "w", "x", "q"))
                for _ in range(chance.randint(1, 6)))
        for _ in range(2000)
    ]  # fmt: skip
    texts = [*NAMES, *made, *spelt]
    folded = modules.run("sell/spelling.js", "return given[0].map(m.foldedWords);", texts)
    differing = [
        (text, ours, theirs)
        for text, ours in zip(texts, folded, strict=True)
        if ours != (theirs := folded_words(text))
    ]
    assert differing == []


def test_one_name_in_three_alphabets_is_one_word(modules: Modules) -> None:
    words = modules.run("sell/spelling.js", "return given[0].map(m.foldedWords);", NAMES[:5])
    assert words == [words[0]] * 5
