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


WOOL = Resource("wool", "кой жүнү (sheep's wool)", 4_000, "kg", (5, 6), "the herders' own")
HIDES = Resource("wool", "тери (hides)", 600, "pieces", (9, 12), "the herders' own")
FRUIT = Resource("fruit", "өрүк, алма (apricots, apples)", 30_000, "kg", (7, 9), "own orchards")
BERRIES = Resource("fruit", "бүлдүркөн, карагат (berries)", 2_500, "kg", (7, 8), "own gardens")
BUCKTHORN = Resource(
    "fruit", "чычырканак (sea-buckthorn)", 6_000, "kg", (9, 10), "shore, by permit"
)
HONEY = Resource("milk", "тоо балы (mountain honey)", 3_000, "kg", (7, 8), "own hives")
HERBS = Resource("forest", "тоо чөптөрү (mountain herbs)", 800, "kg", (6, 8), "pasture, by permit")
MUSHROOMS = Resource("forest", "козу карын (mushrooms)", 900, "kg", (5, 9), "forest, by permit")
STITCH = Resource("craft", "сайма (embroidery known here)", 40, "women", (1, 12), "free to all")

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


def symbol_of(kind: Kind) -> str:
    """The picture on the ballot paper, by name."""
    return kind.names[0].lower().replace(" ", "-")
