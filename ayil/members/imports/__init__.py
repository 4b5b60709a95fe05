"""A list of people and communities becomes a plan that can be read, and then the records.

The plan says for each row what will be done: a new record, one whose gaps are filled, or nothing
since it is there. It is carried out just as it was shown or not at all: inside the transaction
the same rows are planned again, and where the records have changed in between, that is said.
A row is known by the number of its record, or by its kind, name, village, and a phone and year
that do not contradict; so the same list twice changes nothing.
"""

from ayil.members.imports.carrying import carry_out
from ayil.members.imports.columns import PEOPLE
from ayil.members.imports.giving import give_out
from ayil.members.imports.plan import PeoplePlan, Planned
from ayil.members.imports.reading import read_list

__all__ = ["PEOPLE", "PeoplePlan", "Planned", "carry_out", "give_out", "read_list"]
