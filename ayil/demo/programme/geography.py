"""The twenty villages. Names are public (S); that these twenty took part is our choice (E)."""

from ayil.demo.programme.records import Names, Source, Village

REGION: tuple[str, Names] = ("issyk-kul", ("Issyk-Kul", "Иссык-Куль", "Ысык-Көл"))
DISTRICTS: dict[str, Names] = {
    "jety-oguz": ("Jety-Oguz", "Джети-Огуз", "Жети-Өгүз"),
    "ton": ("Ton", "Тон", "Тоң"),
}
SOURCE = "аты: ачык булак; программага катышканы: демонун болжолу"
_TWO_AK_SAYS = SOURCE + "; Тоң районунда ушундай аталган дагы бир айыл бар, коду ажыратат"

# The first four carry the small programme, so their goods span felt, yurts, mushrooms and jam.
_VILLAGES: tuple[tuple[str, str, Names], ...] = (
    ("ton-ak-say", "ton", ("Ak-Say", "Ак-Сай", "Ак-Сай")),
    ("tamga", "jety-oguz", ("Tamga", "Тамга", "Тамга")),
    ("barskoon", "jety-oguz", ("Barskoon", "Барскоон", "Барскоон")),
    ("jety-oguz-village", "jety-oguz", ("Jety-Oguz", "Джети-Огуз", "Жети-Өгүз")),
    ("kyzyl-suu", "jety-oguz", ("Kyzyl-Suu", "Кызыл-Суу", "Кызыл-Суу")),
    ("bokonbaevo", "ton", ("Bokonbaevo", "Боконбаево", "Бөкөнбаев")),
    ("saruu", "jety-oguz", ("Saruu", "Саруу", "Саруу")),
    ("kajy-say", "ton", ("Kajy-Say", "Каджи-Сай", "Кажы-Сай")),
    ("yrdyk", "jety-oguz", ("Yrdyk", "Ырдык", "Ырдык")),
    ("kara-koo", "ton", ("Kara-Koo", "Кара-Коо", "Кара-Коо")),
    ("lipenka", "jety-oguz", ("Lipenka", "Липенка", "Липенка")),
    ("ton-village", "ton", ("Ton", "Тон", "Тоң")),
    ("orgochor", "jety-oguz", ("Orgochor", "Оргочор", "Оргочор")),
    ("tort-kul", "ton", ("Tort-Kul", "Торт-Куль", "Төрт-Күл")),
    ("ak-dobo", "jety-oguz", ("Ak-Dobo", "Ак-Добо", "Ак-Дөбө")),
    ("kok-say", "ton", ("Kok-Say", "Кок-Сай", "Көк-Сай")),
    ("svetlaya-polyana", "jety-oguz", ("Svetlaya Polyana", "Светлая Поляна", "Светлая Поляна")),
    ("ottuk", "ton", ("Ottuk", "Оттук", "Оттук")),
    ("darkhan", "jety-oguz", ("Darkhan", "Дархан", "Дархан")),
    ("jargylchak", "jety-oguz", ("Jargylchak", "Джаргылчак", "Жаргылчак")),
)


def villages(count: int) -> tuple[Village, ...]:
    """The first `count` of them."""
    return tuple(
        Village(
            code=code,
            district=district,
            names=names,
            source=Source.PUBLIC,
            note=_TWO_AK_SAYS if code == "ton-ak-say" else SOURCE,
        )
        for code, district, names in _VILLAGES[:count]
    )
