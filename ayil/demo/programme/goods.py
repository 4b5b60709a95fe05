"""Which village makes what. Four pairings are known (S), all others are estimates (E).

Prices lie in the field guide's ranges, in whole som (E); `pull` was set so that a year comes to
the field guide's 4,550 units and 1.23 million som (E).
"""

from typing import NamedTuple

from ayil.demo.programme.records import Form, Good, Names, Source

SOM = 100


class Kind(NamedTuple):
    """A kind of goods that several communities make: its forms as (code, form, som, pull).

    A form is one text for all readers, in Kyrgyz as its maker would write it.
    """

    kind: str
    names: Names
    forms: tuple[tuple[str, str, int, float], ...]
    season: str
    keeps_months: int | None = None


FELT_TOY = Kind("craft", ("Felt toy", "Войлочная игрушка", "Кийиз оюнчук"),
                (("small", "7 см", 120, 3.0), ("large", "15 см", 320, 1.4)),
                "tourist")  # fmt: skip
SLIPPERS = Kind("craft", ("Felt slippers", "Войлочные тапочки", "Кийиз чокой"),
                (("36-38", "36–38", 480, 2.5), ("39-42", "39–42", 560, 2.7)),
                "tourist")  # fmt: skip
SHYRDAK = Kind("craft", ("Shyrdak", "Шырдак", "Шырдак"),
               (("small", "80 × 120 см", 3_500, 0.25), ("large", "150 × 200 см", 9_500, 0.08)),
               "tourist")  # fmt: skip
YURT = Kind("craft", ("Small yurt of felt", "Войлочная юрточка", "Кичине боз үй"),
            (("15cm", "15 см", 350, 1.9), ("30cm", "30 см", 1_100, 0.95)), "tourist")  # fmt: skip
BAND = Kind("craft", ("Woven yurt band", "Тканая лента для юрты", "Терме боо"),
            (("2m", "2 м", 650, 0.8),), "tourist")  # fmt: skip
FELT_BAG = Kind("craft", ("Felt bag", "Войлочная сумка", "Кийиз баштык"),
                (("std", "30 × 35 см", 700, 1.8),), "tourist")  # fmt: skip
CASE = Kind("craft", ("Felt phone case", "Войлочный чехол", "Телефонго кийиз кап"),
            (("std", "8 × 14 см", 260, 1.8),), "tourist")  # fmt: skip
LEATHER = Kind("craft", ("Leather bag", "Кожаная сумка", "Булгаары баштык"),
               (("small", "кичине", 850, 0.9), ("large", "чоң", 1_100, 0.5)),
               "tourist")  # fmt: skip
KALPAK = Kind("craft", ("Kalpak", "Калпак", "Калпак"),
              (("56", "56", 450, 0.9), ("58", "58", 450, 1.0)), "tourist")  # fmt: skip
EMBROIDERY = Kind("craft", ("Embroidered bag", "Вышитая сумка", "Саймалуу баштык"),
                  (("std", "30 × 35 см", 600, 1.6),), "tourist")  # fmt: skip
HAT = Kind("craft", ("Knitted wool hat", "Вязаная шапка", "Жүн топу"),
           (("std", "чоңдор үчүн", 300, 1.1),), "winter")  # fmt: skip
SOAP = Kind("other", ("Herbal soap", "Травяное мыло", "Чөп самын"),
            (("thyme", "кийик от, 80 г", 90, 2.3), ("honey", "бал, 80 г", 110, 2.0)),
            "tourist", 18)  # fmt: skip
APRICOT_JAM = Kind("food", ("Apricot jam", "Абрикосовое варенье", "Өрүк кыямы"),
                   (("250", "250 г", 110, 2.2), ("500", "500 г", 170, 1.5)),
                   "even", 12)  # fmt: skip
BERRY_JAM = Kind("food", ("Raspberry jam", "Малиновое варенье", "Малина кыямы"),
                 (("250", "250 г", 130, 2.0),), "even", 12)  # fmt: skip
CURRANT_JAM = Kind("food", ("Blackcurrant jam", "Варенье из чёрной смородины", "Карагат кыямы"),
                   (("250", "250 г", 120, 1.8),), "even", 12)  # fmt: skip
HONEY = Kind("raw", ("Mountain honey", "Горный мёд", "Тоо балы"),
             (("250", "250 г", 180, 2.4), ("1000", "1 кг", 440, 1.0)), "autumn", 24)  # fmt: skip
APRICOTS = Kind("raw", ("Dried apricots", "Курага", "Кургатылган өрүк"),
                (("200", "200 г", 90, 2.3), ("500", "500 г", 200, 1.2)), "even", 9)  # fmt: skip
APPLES = Kind("raw", ("Dried apples", "Сушёные яблоки", "Алма как"),
              (("150", "150 г", 70, 1.9),), "autumn", 9)  # fmt: skip
MUSHROOMS = Kind("raw", ("Dried mushrooms", "Сушёные грибы", "Кургатылган козу карын"),
                 (("50", "50 г", 130, 1.9), ("100", "100 г", 240, 1.2)), "autumn", 12)  # fmt: skip
SEA_OIL = Kind("food", ("Sea-buckthorn oil", "Облепиховое масло", "Чычырканак майы"),
               (("100", "100 мл", 420, 1.1),), "even", 12)  # fmt: skip
SEA_JUICE = Kind("food", ("Sea-buckthorn juice", "Облепиховый сок", "Чычырканак ширеси"),
                 (("500", "0,5 л", 140, 2.1),), "even", 6)  # fmt: skip
TEA = Kind("food", ("Mountain herb tea", "Чай из горных трав", "Тоо чөбүнүн чайы"),
           (("50", "50 г", 70, 2.1), ("100", "100 г", 110, 1.6)), "even", 12)  # fmt: skip

KNOWN = frozenset({("ton-ak-say", FELT_TOY), ("ton-ak-say", SLIPPERS), ("barskoon", YURT),
                   ("jety-oguz-village", MUSHROOMS), ("bokonbaevo", FELT_BAG),
                   ("bokonbaevo", LEATHER)})  # fmt: skip

# A village's first community makes what its assembly chose; the second one something else. Keys
# are Latin: ids, links and each maker's own price follow from them, whatever the name's spelling.
COMMUNITIES: tuple[tuple[str, str, str, tuple[Kind, ...]], ...] = (
    ("ton-ak-say", "ak-say-kiyiz", "Ак-Сай кийиз", (SLIPPERS, FELT_TOY)),
    ("ton-ak-say", "altyn-oimok", "Алтын оймок", (SHYRDAK, CASE)),
    ("tamga", "tamga-jemish", "Тамга жемиш", (APRICOTS, SEA_JUICE)),
    ("barskoon", "barskoon-boz-ui", "Барскоон боз үй", (YURT, BAND)),
    ("barskoon", "tegirmen-kyzdary", "Тегирмен кыздары", (TEA,)),
    ("jety-oguz-village", "jety-oguz-kozu-karyn", "Жети-Өгүз козу карын", (MUSHROOMS,)),
    ("jety-oguz-village", "kyrchyn", "Кырчын", (KALPAK,)),
    ("kyzyl-suu", "kyzyl-suu-bal", "Кызыл-Суу бал", (HONEY,)),
    ("kyzyl-suu", "jashyl-bak", "Жашыл бак", (APPLES, CURRANT_JAM)),
    ("bokonbaevo", "bokonbaevo-kiyiz", "Бөкөнбаев кийиз", (FELT_BAG, CASE)),
    ("bokonbaevo", "bulgaary-ustalar", "Булгаары усталар", (LEATHER,)),
    ("saruu", "saruu-chai", "Саруу чай", (TEA,)),
    ("saruu", "ak-kalpak", "Ак калпак", (KALPAK,)),
    ("kajy-say", "kajy-say-samyn", "Кажы-Сай самын", (SOAP,)),
    ("yrdyk", "yrdyk-meimandos", "Ырдык меймандос", (BERRY_JAM,)),
    ("kara-koo", "kara-koo-chychyrkanak", "Кара-Коо чычырканак", (SEA_JUICE, SEA_OIL)),
    ("kara-koo", "bermet", "Бермет", (EMBROIDERY,)),
    ("lipenka", "lipenka-malina", "Липенка малина", (BERRY_JAM, CURRANT_JAM)),
    ("ton-village", "ton-saima", "Тоң сайма", (EMBROIDERY,)),
    ("ton-village", "ton-jun", "Тоң жүн", (HAT,)),
    ("orgochor", "orgochor-bal", "Оргочор бал", (HONEY,)),
    ("tort-kul", "tort-kul-shyrdak", "Төрт-Күл шырдак", (SHYRDAK, FELT_TOY)),
    ("ak-dobo", "ak-dobo-alma", "Ак-Дөбө алма", (APPLES,)),
    ("kok-say", "kok-say-chop", "Көк-Сай чөп", (TEA, SOAP)),
    ("svetlaya-polyana", "svetlaya-polyana-kulpunai", "Светлая Поляна мөмө", (BERRY_JAM,)),
    ("ottuk", "ottuk-bal", "Оттук бал", (HONEY,)),
    ("ottuk", "ottuk-jun", "Оттук жүн", (HAT, SLIPPERS)),
    ("darkhan", "darkhan-oruk", "Дархан өрүк", (APRICOTS, APRICOT_JAM)),
    ("jargylchak", "jargylchak-chychyrkanak", "Жаргылчак чычырканак", (SEA_OIL, SEA_JUICE)),
    ("jargylchak", "ai-nur", "Ай-Нур", (FELT_TOY,)),
)

# Persons in their own name; the last three have not joined and pay five points more.
SOLE_MAKERS: tuple[tuple[str, str, str, bool, tuple[Kind, ...], bool], ...] = (
    ("tamga", "jyldyz-mamyrova", "Жылдыз Мамырова", True, (APRICOT_JAM,), True),
    ("orgochor", "samat-kasymov", "Самат Касымов", False, (LEATHER,), True),
    ("darkhan", "zuura-orozova", "Зуура Орозова", True, (SOAP,), True),
    ("ton-ak-say", "anara-dyikanova", "Анара Дыйканова", True, (CASE,), False),
    ("kyzyl-suu", "akmat-shabdanov", "Акмат Шабданов", False, (HONEY,), False),
    ("bokonbaevo", "turat-baisalov", "Турат Байсалов", False, (KALPAK,), False),
)


def goods_of(owner: str, village: str, kinds: tuple[Kind, ...]) -> list[Good]:
    """An owner's goods; one maker's price differs a little from another's, in whole tens of som."""
    return [
        Good(
            key=f"{owner}.{number}",
            owner=owner,
            kind=kind.kind,
            names=kind.names,
            forms=tuple(
                Form(code, form, _own_price(owner, som) * SOM, pull)
                for code, form, som, pull in kind.forms
            ),
            season=kind.season,
            keeps_months=kind.keeps_months,
            source=Source.PUBLIC if (village, kind) in KNOWN else Source.ESTIMATE,
        )
        for number, kind in enumerate(kinds, 1)
    ]


def _own_price(owner: str, som: int) -> int:
    """A little off the kind's usual price, by the owner's name: the same with every seed."""
    step = 10 if som < 1_000 else 100
    return som + step * (sum(owner.encode()) % 3 - 1)
