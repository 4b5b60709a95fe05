"""Whole numbers and money in words, for what is read aloud or written out on a paper."""

from collections.abc import Sequence

from django.utils.translation import ngettext

from ayil.kit.money import minor_digits
from ayil.kit.written import language, money

HIGHEST = 10**12  # from here on digits are easier to hear than words


def _list(words: str) -> list[str]:
    return words.split()


_EN = _list(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_EN_TENS = _list("- - twenty thirty forty fifty sixty seventy eighty ninety")
_RU = _list(
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать "
    "тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
)
_RU_TENS = _list("- - двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто")
_RU_HUNDREDS = _list("- сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот")
_KY = _list("нөл бир эки үч төрт беш алты жети сегиз тогуз")
_KY_TENS = _list("- он жыйырма отуз кырк элүү алтымыш жетимиш сексен токсон")
# Each thousand's name: for one, for two to four, for five and more; whether it is a "she".
_RU_THOUSANDS = (
    (("тысяча", "тысячи", "тысяч"), True),
    (("миллион", "миллиона", "миллионов"), False),
    (("миллиард", "миллиарда", "миллиардов"), False),
)


def in_words(count: int, *, feminine: bool = False) -> str:
    """The number in words of the reader's language; `feminine` where Russian counts a "she"
    (одна штука, две штуки). What is below nought begins with minus."""
    if abs(count) >= HIGHEST:
        return str(count)
    if count < 0:
        return f"{'minus' if language() == 'en' else 'минус'} {in_words(-count, feminine=feminine)}"
    if language() == "ru":
        return _russian(count, feminine)
    return _kyrgyz(count) if language() == "ky" else _english(count)


def money_in_words(amount_minor: int, currency: str = "KGS") -> str:
    """Soms and, where there are any, tyiyns in words; other currencies in digits with their code,
    since we do not know how their names bend."""
    if currency != "KGS":
        return money(amount_minor, currency)
    whole, rest = divmod(abs(amount_minor), 10 ** minor_digits(currency))
    sign = -1 if amount_minor < 0 else 1
    said = []
    if whole or not rest:
        soms = ngettext("%(count)s som", "%(count)s soms", whole)
        said.append(soms % {"count": in_words(sign * whole)})
    if rest:
        tyiyns = ngettext("%(count)s tyiyn", "%(count)s tyiyns", rest)
        said.append(tyiyns % {"count": in_words(rest if whole else sign * rest)})
    return " ".join(said)


def _groups(count: int) -> list[tuple[int, int]]:
    """(place, three digits) from the highest place down to the units, without the empty ones."""
    found = []
    place = 0
    while count:
        count, group = divmod(count, 1000)
        if group:
            found.append((place, group))
        place += 1
    return found[::-1]


def _english(count: int) -> str:
    names = ("", "thousand", "million", "billion")
    said = [f"{_english_group(group)} {names[place]}".strip() for place, group in _groups(count)]
    return " ".join(said) or _EN[0]


def _english_group(group: int) -> str:
    hundreds, rest = divmod(group, 100)
    said = [f"{_EN[hundreds]} hundred"] if hundreds else []
    if rest >= 20:
        tens, units = divmod(rest, 10)
        said.append(_EN_TENS[tens] + (f"-{_EN[units]}" if units else ""))
    elif rest:
        said.append(_EN[rest])
    return " and ".join(said)


def _russian(count: int, feminine: bool) -> str:
    said = []
    for place, group in _groups(count):
        if not place:
            said.append(_russian_group(group, feminine))
            continue
        names, is_she = _RU_THOUSANDS[place - 1]
        said.append(f"{_russian_group(group, is_she)} {_russian_form(group, names)}")
    return " ".join(said) or _RU[0]


def _russian_group(group: int, feminine: bool) -> str:
    hundreds, rest = divmod(group, 100)
    said = [_RU_HUNDREDS[hundreds]] if hundreds else []
    if rest >= 20:
        tens, rest = divmod(rest, 10)
        said.append(_RU_TENS[tens])
    if rest:
        said.append({1: "одна", 2: "две"}.get(rest, _RU[rest]) if feminine else _RU[rest])
    return " ".join(said)


def _russian_form(count: int, names: Sequence[str]) -> str:
    tens, units = count // 10 % 10, count % 10
    if tens == 1 or units == 0 or units > 4:
        return names[2]
    return names[0] if units == 1 else names[1]


def _kyrgyz(count: int) -> str:
    """A hundred and a thousand stand without "one" before them where nothing greater does."""
    names = ("", "миң", "миллион", "миллиард")
    said: list[str] = []
    for place, group in _groups(count):
        bare = place == 1 and group == 1 and not said
        said.append(names[1] if bare else f"{_kyrgyz_group(group)} {names[place]}".strip())
    return " ".join(said) or _KY[0]


def _kyrgyz_group(group: int) -> str:
    hundreds, rest = divmod(group, 100)
    tens, units = divmod(rest, 10)
    said: list[str] = [f"{_KY[hundreds]} жүз" if hundreds > 1 else "жүз"] if hundreds else []
    if tens:
        said.append(_KY_TENS[tens])
    if units:
        said.append(_KY[units])
    return " ".join(said)
