"""What goods are made from, as the villages would write it down (amounts are estimates, E)."""

from dataclasses import dataclass

from ayil.demo.programme import goods
from ayil.demo.programme.goods import Kind


@dataclass(frozen=True)
class Resource:
    """`kind` is one of `decisions`; `season` its first and last month; `access` whose it is."""

    kind: str
    name: str
    yearly_amount: int
    unit: str
    season: tuple[int, int]
    access: str


WOOL = Resource("wool", "кой жүнү", 4_000, "кг", (5, 6), "малчылардын өзүнүкү")
HIDES = Resource("wool", "тери", 600, "даана", (9, 12), "малчылардын өзүнүкү")
FRUIT = Resource("fruit", "өрүк, алма", 30_000, "кг", (7, 9), "өз бактары")
BERRIES = Resource("fruit", "малина, карагат", 2_500, "кг", (7, 8), "өз короолору")
BUCKTHORN = Resource("fruit", "чычырканак", 6_000, "кг", (9, 10), "көлдүн жээги, уруксат менен")
HONEY = Resource("milk", "тоо балы", 3_000, "кг", (7, 8), "өз челектери")
HERBS = Resource("forest", "тоо чөптөрү", 800, "кг", (6, 8), "жайыт, уруксат менен")
MUSHROOMS = Resource("forest", "козу карын", 900, "кг", (5, 9), "токой, уруксат менен")
STITCH = Resource("craft", "айылдын саймасы", 40, "аял", (1, 12), "баарына ачык")

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
