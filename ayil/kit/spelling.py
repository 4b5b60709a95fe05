"""How names are sorted and found, whichever script and spelling they come in. No Django.

Sorting follows the Kyrgyz alphabet (а … н ң о ө … у ү …), which neither SQLite nor most
collations of PostgreSQL know. Searching compares folded words: Жыпаргүл, Жыпаргул, Jypargul,
Zhypargul and Dzhypargul fold to one word.
"""

import re
import unicodedata

ALPHABET = "abcdefghijklmnopqrstuvwxyzабвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"
_FIRST_LETTER = 30
_RANKS = (
    {letter: str(_FIRST_LETTER + place) for place, letter in enumerate(ALPHABET)}
    | {str(digit): str(20 + digit) for digit in range(10)}
    | dict.fromkeys(" -‐‑–—/", "10")
)
_UNKNOWN = "99"
_LONGEST_KEY = 64  # letters

_LETTERS = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e", "ё": "e",
        "ж": "j", "җ": "j", "з": "z", "и": "i", "й": "i", "к": "k", "қ": "k", "л": "l",
        "м": "m", "н": "n", "ң": "n", "о": "o", "ө": "o", "п": "p", "р": "r", "с": "s",
        "т": "t", "у": "u", "ү": "u", "ұ": "u", "ф": "f", "х": "h", "һ": "h", "ц": "c",
        "ч": "q", "ш": "w", "щ": "w", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "u",
        "я": "a", "і": "i", "ә": "a",
    }
)  # fmt: skip
# Latin spellings, the longer first; they become the letters that stand for the Cyrillic ones.
_LATIN = (
    ("ş", "w"), ("ç", "q"), ("ı", "i"),
    ("shch", "w"), ("sch", "w"), ("sh", "w"), ("tch", "q"), ("ch", "q"), ("zh", "j"),
    ("kh", "h"), ("gh", "g"), ("ph", "f"), ("ts", "c"),
    ("ya", "a"), ("yu", "u"), ("yo", "e"), ("ye", "e"), ("yi", "i"), ("y", "i"),
)  # fmt: skip
_LATIN_ALONE = str.maketrans({"w": "v", "x": "ks", "q": "k"})
_ALIKE = ("АВЕКМНОРСТХУ", "ABEKMHOPCTXY")
_ALIKE_LATIN = str.maketrans(*_ALIKE)
_ALIKE_CYRILLIC = str.maketrans(*reversed(_ALIKE))
_KEYS = str.maketrans(
    "йцукенгшщзхъфывапролджэячсмитьбюЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ.,№",
    "qwertyuiop[]asdfghjkl;'zxcvbnm,.QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>/?#",
)
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’ʼ`ʹ")
_DOUBLED = re.compile(r"([a-z])\1+")


def sort_key(text: str) -> str:
    """Digits that sort as the Kyrgyz alphabet does, under any collation; at most 128 of them."""
    letters = unicodedata.normalize("NFC", text).casefold()
    known = (_RANKS.get(letter) or _rank_of_foreign(letter) for letter in letters[:_LONGEST_KEY])
    return "".join(known)


def folded_words(text: str) -> list[str]:
    """The words of a text without what differs between scripts and spellings, in their order.

    ө and о, ү and у, ң, нг and н are one; so are Cyrillic and the Latin spellings in use,
    doubled and single letters. Digits stay as they are.
    """
    plain = unicodedata.normalize("NFC", text).casefold().translate(_APOSTROPHES)
    return [word for found in _WORD.findall(plain) if (word := _fold(found))]


def number_spellings(text: str) -> frozenset[str]:
    """A number or code as it may have been meant: typed in capitals, with letters of the other
    script that look alike (Н-12, H-12), or by a scanner under a Russian keyboard."""
    asked = text.strip()
    upper = asked.upper()
    return frozenset(
        {asked, upper, upper.translate(_ALIKE_LATIN), upper.translate(_ALIKE_CYRILLIC)}
        | {under_latin_keys(asked)}
    )


def alike(code: str) -> str:
    """What codes have in common that look alike on paper: Н-12 and h-12 are H-12."""
    return code.strip().upper().translate(_ALIKE_LATIN)


def under_latin_keys(text: str) -> str:
    """What the same keys write under an English keyboard, where a Cyrillic letter was written.

    A scanner presses keys: under a Russian keyboard https://… comes as реезыЖ..…
    """
    return text.translate(_KEYS) if _CYRILLIC.search(text) else text


def _rank_of_foreign(letter: str) -> str:
    bare = unicodedata.normalize("NFD", letter)[0]
    if bare in _RANKS:
        return _RANKS[bare]
    return "" if unicodedata.category(letter)[0] in "MPZ" else _UNKNOWN


def _fold(word: str) -> str:
    skeleton = word.translate(_LETTERS) if _CYRILLIC.search(word) else _from_latin(word)
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFD", skeleton)
        if unicodedata.category(letter) != "Mn"
    )
    return _DOUBLED.sub(r"\1", bare.replace("dj", "j").replace("ng", "n"))


def _from_latin(word: str) -> str:
    marked = word
    codes = {}
    for place, (spelling, letter) in enumerate(_LATIN):
        # A code of its own keeps what a spelling became apart from the letters still to be read.
        code = chr(0xE000 + place)
        codes[code] = letter
        marked = marked.replace(spelling, code)
    marked = marked.translate(_LATIN_ALONE)
    return "".join(codes.get(letter, letter) for letter in marked)
