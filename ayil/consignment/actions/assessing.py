"""Goods are assessed by the checklist of their kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.consignment.checklist import CHECKLISTS
from ayil.consignment.models import Assessment, AssessmentMark, JointCount
from ayil.kit.errors import AyilError
from ayil.members.models import Party
from ayil.members.own import speaks_for
from ayil.members.rights import Right, require


@dataclass(frozen=True)
class Mark:
    passed: bool
    words: str = ""


def assess(
    *,
    count: JointCount,
    marks: Mapping[str, Mark],
    grade: Assessment.Grade,
    words: str,
    by: Party,
    on: date,
    at: datetime,
) -> Assessment:
    """`marks` by the question's code, one for each of the kind's checklist. What is not good says
    why, and nobody assesses their own goods."""
    agreement, kind = count.line.note.agreement, count.line.variant.product.kind
    require(by, Right.ASSESS, on=on, shop=agreement.shop)
    if speaks_for(by, agreement.consignor, on):
        raise AyilError(
            _("%(who)s speaks for %(owner)s. Somebody else looks at these goods.")
            % {"who": by, "owner": agreement.consignor}
        )
    codes = [question.code for question in CHECKLISTS[kind]]
    if set(marks) != set(codes):
        raise AyilError(_("Answer every question of the checklist with yes or no."))
    fails = [mark for mark in marks.values() if not mark.passed]
    if fails and grade == Assessment.Grade.GOOD:
        raise AyilError(_("A no was answered, so the goods are not good: choose another grade."))
    if grade != Assessment.Grade.GOOD and not words.strip():
        raise AyilError(_("Say to the maker in a few words what to do better."))
    with transaction.atomic():
        JointCount.objects.select_for_update().get(pk=count.pk)
        if Assessment.objects.filter(count=count).exists():
            raise AyilError(_("These goods were assessed already."))
        made = Assessment.objects.create(
            count=count,
            maker=agreement.consignor,
            grade=grade,
            words=words.strip(),
            by=by,
            on=on,
            recorded_at=at,
        )
        AssessmentMark.objects.bulk_create(
            AssessmentMark(
                assessment=made,
                question=code,
                passed=marks[code].passed,
                words=marks[code].words.strip(),
            )
            for code in codes
        )
    return made
