"""What is taught: few things, each of them a rule of thumb (E)."""

from dataclasses import dataclass

from ayil.demo.programme.records import Names


@dataclass(frozen=True)
class Competency:
    code: str
    names: Names


COMPETENCIES = (
    Competency("quality", ("Even quality", "Ровное качество", "Бирдей сапат")),
    Competency("price", ("Setting a price", "Назначить цену", "Баа коюу")),
    Competency("label", ("Label, batch and date", "Этикетка, партия и срок",
                         "Энбелги, партия жана мөөнөт")),
    Competency("planning", ("How much to bring", "Сколько привезти", "Канча алып келүү")),
    Competency("display", ("Showing goods well", "Показать товар", "Товарды жакшы көрсөтүү")),
)  # fmt: skip
