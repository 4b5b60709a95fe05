"""What goods are made from, as the villages would write it down (amounts are estimates, E)."""

from dataclasses import dataclass

from ayil.demo.programme import goods
from ayil.demo.programme.goods import Kind


@dataclass(frozen=True)
class Resource:
    """`kind` is one of `decisions`; `season` its first and last month; `access` whose it is;
    `said_by` who knows the amount. What is made of it: what one must know, and what that does to
    health and to the land, as a villager would say it."""

    kind: str
    name: str
    yearly_amount: int
    unit: str
    season: tuple[int, int]
    access: str
    said_by: str
    skills: str
    risk_health: str
    risk_land: str


_NOTHING = "биз билгенден эч нерсе"
WOOL = Resource(
    "wool", "кой жүнү", 4_000, "кг", (5, 6), "малчылардын өзүнүкү", "малчылар, айыл өкмөтү",
    "кийиз басуу, апалардан үйрөнгөнбүз", "ысык суу, боёктун буусу: терезе ачык болсун",
    "боёлгон суу арыкка куюлбасын",
)  # fmt: skip
HIDES = Resource(
    "wool", "тери", 600, "даана", (9, 12), "малчылардын өзүнүкү", "малчылар",
    "тери иштетүү, эки уста билет", "курч бычак, ийленген теринин жыты",
    "ийлөөнүн суусу көлгө барбасын",
)  # fmt: skip
FRUIT = Resource(
    "fruit", "өрүк, алма", 30_000, "кг", (7, 9), "өз бактары", "үй ээлери",
    "кайнатуу жана кургатуу, ар бир үй билет", "ысык казан", _NOTHING,
)  # fmt: skip
BERRIES = Resource(
    "fruit", "малина, карагат", 2_500, "кг", (7, 8), "өз короолору", "үй ээлери",
    "кыям кайнатуу, ар бир үй билет", "ысык казан", _NOTHING,
)  # fmt: skip
BUCKTHORN = Resource(
    "fruit", "чычырканак", 6_000, "кг", (9, 10), "көлдүн жээги, уруксат менен", "токойчу",
    "майын сыгуу, эки үй билет", "тикенек: колкап керек", "бутагы сынбасын, жарымы калсын",
)  # fmt: skip
HONEY = Resource(
    "milk", "тоо балы", 3_000, "кг", (7, 8), "өз челектери", "балчылар",
    "аары багуу, балчылар үйрөтөт", "аары чагат", _NOTHING,
)  # fmt: skip
HERBS = Resource(
    "forest", "тоо чөптөрү", 800, "кг", (6, 8), "жайыт, уруксат менен", "токойчу",
    "чөптү таануу, карыялар үйрөтөт", _NOTHING, "тамыры менен жулунбасын",
)  # fmt: skip
MUSHROOMS = Resource(
    "forest", "козу карын", 900, "кг", (5, 9), "токой, уруксат менен", "токойчу",
    "козу карынды таануу", "уулуусу бар: билген адам тандасын", "токой тебеленбесин",
)  # fmt: skip
STITCH = Resource(
    "craft", "айылдын саймасы", 40, "аял", (1, 12), "баарына ачык", "аялдар кеңеши",
    "сайма сайуу, апалардан үйрөнгөнбүз", "көз чарчайт: жарык керек", _NOTHING,
)  # fmt: skip

_BY_KIND: tuple[tuple[Resource, tuple[Kind, ...]], ...] = (
    (WOOL, (goods.FELT_TOY, goods.SLIPPERS, goods.SHYRDAK, goods.YURT, goods.BAND, goods.FELT_BAG,
            goods.CASE, goods.KALPAK, goods.HAT)),
    (HIDES, (goods.LEATHER,)),
    (FRUIT, (goods.APRICOTS, goods.APRICOT_JAM, goods.APPLES)),
    (BERRIES, (goods.BERRY_JAM, goods.CURRANT_JAM)),
    (BUCKTHORN, (goods.SEA_OIL, goods.SEA_JUICE)),
    (HONEY, (goods.HONEY,)),
    (HERBS, (goods.TEA, goods.SOAP)),
    (MUSHROOMS, (goods.MUSHROOMS,)),
    (STITCH, (goods.EMBROIDERY,)),
)  # fmt: skip
RESOURCE_OF: dict[Kind, Resource] = {
    kind: resource for resource, kinds in _BY_KIND for kind in kinds
}


# How much of the resource one piece takes, in thousandths of its unit, and how many pieces one
# maker makes in a month (estimates, E).
_WORK: dict[Kind, tuple[int, int]] = {
    goods.FELT_TOY: (60, 40), goods.SLIPPERS: (450, 16), goods.SHYRDAK: (9_000, 1),
    goods.YURT: (400, 12), goods.BAND: (300, 8), goods.FELT_BAG: (500, 14), goods.CASE: (80, 30),
    goods.KALPAK: (300, 14), goods.HAT: (150, 18), goods.LEATHER: (500, 8),
    goods.APRICOTS: (1_200, 60), goods.APRICOT_JAM: (300, 60), goods.APPLES: (900, 60),
    goods.BERRY_JAM: (250, 50), goods.CURRANT_JAM: (250, 50), goods.SEA_OIL: (1_500, 20),
    goods.SEA_JUICE: (800, 40), goods.HONEY: (250, 40), goods.TEA: (60, 60), goods.SOAP: (20, 80),
    goods.MUSHROOMS: (500, 40), goods.EMBROIDERY: (0, 10),
}  # fmt: skip
_SYMBOL: dict[Kind, str] = {
    goods.FELT_TOY: "toy", goods.SLIPPERS: "slippers", goods.SHYRDAK: "rug", goods.YURT: "yurt",
    goods.BAND: "loom", goods.FELT_BAG: "bag", goods.CASE: "phone-case", goods.KALPAK: "kalpak",
    goods.HAT: "hat", goods.LEATHER: "saddle", goods.APRICOTS: "apricot", goods.APRICOT_JAM: "jam",
    goods.APPLES: "apple", goods.BERRY_JAM: "raspberry", goods.CURRANT_JAM: "currant",
    goods.SEA_OIL: "oil", goods.SEA_JUICE: "sea-buckthorn", goods.HONEY: "honey",
    goods.TEA: "tea", goods.SOAP: "soap", goods.MUSHROOMS: "mushroom", goods.EMBROIDERY: "needle",
}  # fmt: skip


def symbol_of(kind: Kind) -> str:
    """The drawing on the ballot paper, by name: none stands for two kinds."""
    return _SYMBOL[kind]


def work_of(kind: Kind) -> tuple[int, int]:
    """Thousandths of the resource that a piece takes, and pieces that one makes in a month."""
    return _WORK[kind]
