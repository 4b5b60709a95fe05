"""The public pages."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ayil.catalogue import queries
from ayil.catalogue.models import Announcement
from ayil.places.models import Place


@require_safe
def announcements(request: HttpRequest) -> HttpResponse:
    return render(request, "catalogue/announcements.html", {"notices": queries.notices()})


@require_safe
def announcement(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    try:
        line = queries.notice_in_line(uid)
    except Announcement.DoesNotExist:
        raise Http404(_("There is no such announcement.")) from None
    return render(request, "catalogue/announcement.html", {"line": line})


@require_safe
def villages(request: HttpRequest) -> HttpResponse:
    return render(request, "catalogue/villages.html", {"villages": queries.villages_by_district()})


@require_safe
def village(request: HttpRequest, code: str) -> HttpResponse:
    try:
        found = queries.village_by_code(code)
    except Place.DoesNotExist:
        raise Http404(_("There is no such village in the programme.")) from None
    return render(request, "catalogue/village.html", {"village": found})
