"""The programme's announcements, in our own words; who says it is the donor or the association."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Notice:
    """`texts` by language: title and body."""

    on: date
    issuer: str
    texts: dict[str, tuple[str, str]]


DONOR, ASSOCIATION = "donor-company", "association"
_TAIL = {
    "en": "This is a simulation: the figures of the demo are estimates.",
    "ru": "Это модель: цифры демонстрации являются оценками.",
    "ky": "Бул үлгү: демонстрациянын сандары болжолдуу.",
}


def _text(title: str, body: str) -> tuple[str, str]:
    return title, body


def _notice(on: date, issuer: str, **texts: tuple[str, str]) -> Notice:
    told = {
        language: (title, f"{body}\n\n{_TAIL[language]}")
        for language, (title, body) in texts.items()
    }
    return Notice(on, issuer, told)


NOTICES = (
    _notice(
        date(2012, 4, 20), DONOR,
        en=_text("Memorandum on village products signed",
            "The company and the One Village One Product Association agreed to support makers in "
            "twenty villages of Jety-Oguz and Ton districts. The money comes in two equal parts."),
        ru=_text("Подписан меморандум о продуктах сёл",
            "Компания и Ассоциация «Одно село — один продукт» договорились поддержать мастеров "
            "двадцати сёл Джети-Огузского и Тонского районов. Деньги поступят двумя равными "
            "частями."),
        ky=_text("Айыл буюмдары боюнча меморандумга кол коюлду",
            "Компания менен «Бир айыл — бир буюм» ассоциациясы Жети-Өгүз жана Тоң райондорундагы "
            "жыйырма айылдын усталарын колдоого макулдашты. Акча эки бирдей бөлүк менен келет."),
    ),
    _notice(
        date(2012, 6, 1), ASSOCIATION,
        en=_text("The Karakol Research Shop opens its summer",
            "Goods of the first communities stand on the shelves. Every maker will see what was "
            "sold and what was asked for in vain."),
        ru=_text("Исследовательский магазин в Караколе открывает летний сезон",
            "На полках стоят изделия первых общин. Каждый мастер увидит, что продано и чего "
            "спрашивали, но не нашли."),
        ky=_text("Караколдогу изилдөө дүкөнү жайкы мезгилин баштады",
            "Текчелерде алгачкы жамааттардын буюмдары турат. Ар бир уста эмне сатылганын жана "
            "эмнени сурап таппай кетишкенин көрөт."),
    ),
    _notice(
        date(2012, 6, 13), DONOR,
        en=_text("First tranche transferred",
            "On 5 June the first 128,600 dollars reached the association. It pays for trainings, "
            "equipment, the shop, transport and the office; each payment has its paper."),
        ru=_text("Перечислен первый транш",
            "5 июня ассоциация получила первые 128 600 долларов. Из них оплачиваются обучение, "
            "оборудование, магазин, транспорт и управление; за каждым платежом стоит документ."),
        ky=_text("Биринчи транш которулду",
            "5-июнда ассоциация алгачкы 128 600 долларды алды. Андан окуутуулар, жабдуулар, "
            "дүкөн, унаа жана башкаруу төлөнөт; ар бир төлөмдүн документи бар."),
    ),
    _notice(
        date(2012, 6, 20), ASSOCIATION,
        en=_text("Trainings begin, and anyone may come",
            "Days on quality, prices and labels are held in the villages. Nobody has to be a "
            "member to sit in."),
        ru=_text("Начинаются занятия, прийти может каждый",
            "В сёлах проходят дни о качестве, ценах и этикетках. Быть членом для участия не "
            "нужно."),
        ky=_text("Окуутуулар башталды, каалаган адам келе алат",
            "Айылдарда сапат, баа жана этикетка боюнча күндөр өтөт. Катышуу үчүн мүчө болуу "
            "шарт эмес."),
    ),
    _notice(
        date(2012, 8, 15), ASSOCIATION,
        en=_text("Twenty villages are choosing for themselves",
            "At each assembly the villagers vote in secret on every product that they would be "
            "willing to make. The donor and the administration have no vote."),
        ru=_text("Двадцать сёл выбирают сами",
            "На каждом собрании жители тайно голосуют за все продукты, которые готовы делать. "
            "Донор и администрация не голосуют."),
        ky=_text("Жыйырма айыл өзү тандап жатат",
            "Ар бир жыйында тургундар жасоого даяр болгон бардык буюмдар үчүн жашыруун добуш "
            "берет. Донор менен администрация добуш бербейт."),
    ),
    _notice(
        date(2012, 11, 8), DONOR,
        en=_text("Report accepted, second tranche transferred",
            "The report on the first tranche was read and accepted. The second 128,600 dollars "
            "were transferred on 5 November."),
        ru=_text("Отчёт принят, перечислен второй транш",
            "Отчёт о первом транше прочитан и принят. Вторые 128 600 долларов перечислены "
            "5 ноября."),
        ky=_text("Отчёт кабыл алынды, экинчи транш которулду",
            "Биринчи транш боюнча отчёт окулуп, кабыл алынды. Экинчи 128 600 доллар 5-ноябрда "
            "которулду."),
    ),
    _notice(
        date(2013, 4, 4), ASSOCIATION,
        en=_text("The grant has ended, the shop goes on",
            "What was not spent went back to the donor. From now on the shop lives on its "
            "commission, and its figures stay open to its makers."),
        ru=_text("Грант завершён, магазин работает дальше",
            "Неизрасходованное возвращено донору. Теперь магазин живёт на комиссию, а цифры "
            "по-прежнему открыты его мастерам."),
        ky=_text("Грант бүттү, дүкөн иштей берет",
            "Жумшалбаган акча донорго кайтарылды. Эми дүкөн комиссия менен жашайт, сандары "
            "усталарына мурдагыдай эле ачык."),
    ),
)  # fmt: skip
