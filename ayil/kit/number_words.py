"""Sums in words, as they stand on papers that are signed: Kyrgyz, Russian, English. No Django.

A figure is easily given another nought; a word is not. Whole som are written in words, tyiyn in
two figures, as banks and bookkeepers of the country write them.
"""

from collections.abc import Iterator, Sequence

LARGEST = 999_999_999  # som

_RU_ONES = (
    "ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять",
    "одиннадцать", "двенадцать", "тринадцать", "четырнадцать", "пятнадцать", "шестнадцать",
    "семнадцать", "восемнадцать", "девятнадцать",
)  # fmt: skip
_RU_TENS = (
    "", "", "двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят",
    "восемьдесят", "девяносто",
)  # fmt: skip
_RU_HUNDREDS = (
    "", "сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот",
    "девятьсот",
)  # fmt: skip
_RU_SCALES = (
    (1_000_000, ("миллион", "миллиона", "миллионов"), False),
    (1_000, ("тысяча", "тысячи", "тысяч"), True),
)
_RU_SOM = ("сом", "сома", "сомов")
_RU_TYIYN = ("тыйын", "тыйына", "тыйынов")

_KY_ONES = (
    "нөл", "бир", "эки", "үч", "төрт", "беш", "алты", "жети", "сегиз", "тогуз",
)  # fmt: skip
_KY_TENS = (
    "", "он", "жыйырма", "отуз", "кырк", "элүү", "алтымыш", "жетимиш", "сексен", "токсон",
)  # fmt: skip
_KY_SCALES = ((1_000_000, "миллион"), (1_000, "миң"))

_EN_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_EN_TENS = (
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip
_EN_SCALES = ((1_000_000, "million"), (1_000, "thousand"))


def som_in_words(amount_minor: int, language: str) -> str:
    """120305 → "бир миң эки жүз үч сом 05 тыйын" (ky); ru and en alike.

    Raises ValueError below zero, above 999,999,999.99 som, and for another language.
    """
    som, tyiyn = divmod(amount_minor, 100)
    if amount_minor < 0 or som > LARGEST:
        raise ValueError(f"{amount_minor} is not written in words")
    if language == "ru":
        return (
            f"{russian(som)} {_russian_form(som, _RU_SOM)} "
            f"{tyiyn:02d} {_russian_form(tyiyn, _RU_TYIYN)}"
        )
    if language == "ky":
        return f"{kyrgyz(som)} сом {tyiyn:02d} тыйын"
    if language == "en":
        return f"{english(som)} som {tyiyn:02d} tyiyn"
    raise ValueError(f"{language!r} is not a language of the papers")


def _russian_form(number: int, forms: Sequence[str]) -> str:
    """The word after a number: 1 сом, 2 сома, 5 сомов, 11 сомов, 21 сом."""
    if number % 100 in range(11, 15):
        return forms[2]
    return forms[{1: 0, 2: 1, 3: 1, 4: 1}.get(number % 10, 2)]


def russian(number: int) -> str:
    """A whole number up to 999,999,999, masculine as сом is."""
    words: list[str] = []
    for scale, forms, is_feminine in _RU_SCALES:
        many, number = divmod(number, scale)
        if many:
            words += [*_russian_hundreds(many, is_feminine), _russian_form(many, forms)]
    words += _russian_hundreds(number, False)
    return " ".join(words) or _RU_ONES[0]


def _russian_hundreds(number: int, is_feminine: bool) -> Iterator[str]:
    hundreds, rest = divmod(number, 100)
    if hundreds:
        yield _RU_HUNDREDS[hundreds]
    if rest >= 20:
        yield _RU_TENS[rest // 10]
        rest %= 10
    if rest:
        yield {1: "одна", 2: "две"}.get(rest, _RU_ONES[rest]) if is_feminine else _RU_ONES[rest]


def kyrgyz(number: int) -> str:
    """A whole number up to 999,999,999; a hundred is «жүз», two hundred «эки жүз»."""
    words: list[str] = []
    for scale, word in _KY_SCALES:
        many, number = divmod(number, scale)
        if many:
            words += [*_kyrgyz_hundreds(many), word]
    words += _kyrgyz_hundreds(number)
    return " ".join(words) or _KY_ONES[0]


def _kyrgyz_hundreds(number: int) -> Iterator[str]:
    hundreds, rest = divmod(number, 100)
    if hundreds > 1:
        yield _KY_ONES[hundreds]
    if hundreds:
        yield "жүз"
    if rest >= 10:
        yield _KY_TENS[rest // 10]
    if rest % 10:
        yield _KY_ONES[rest % 10]


def english(number: int) -> str:
    """A whole number up to 999,999,999."""
    words: list[str] = []
    for scale, word in _EN_SCALES:
        many, number = divmod(number, scale)
        if many:
            words += [_english_hundreds(many), word]
    if number:
        words.append(_english_hundreds(number))
    return " ".join(words) or _EN_ONES[0]


def _english_hundreds(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = [f"{_EN_ONES[hundreds]} hundred"] if hundreds else []
    if rest >= 20:
        words.append(_EN_TENS[rest // 10] + (f"-{_EN_ONES[rest % 10]}" if rest % 10 else ""))
    elif rest:
        words.append(_EN_ONES[rest])
    return " ".join(words)
