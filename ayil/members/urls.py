"""Addresses of people: joining, members, communities, and what is a person's own."""

from django.urls import URLPattern, path

from ayil.members.views import applications, communities, erasures, joining, me

_APPLICATION = "applications/<uuid:uid>/"
_COMMUNITY = "communities/<uuid:uid>/"
_BELONGING = _COMMUNITY + "people/<int:pk>/"

urlpatterns: list[URLPattern] = [
    # Joining, for anybody
    path("join/", joining.join, name="join"),
    path("join/community/", joining.join_as_community, name="join-community"),
    path("join/find/", joining.find_application, name="join-find"),
    path("join/<uuid:uid>/", joining.application_state, name="application-state"),
    path("join/<uuid:uid>/appeal/", joining.application_appeal, name="application-appeal"),
    # Applications, for the staff
    path("applications/", applications.applications, name="applications"),
    path("applications/new/", applications.take_application, name="application-take"),
    path(
        "applications/new/community/",
        applications.take_community,
        name="application-take-community",
    ),
    path(_APPLICATION, applications.application, name="application"),
    path(_APPLICATION + "admit/", applications.admit, name="application-admit"),
    path(_APPLICATION + "refuse/", applications.refuse, name="application-refuse"),
    path(_APPLICATION + "appeal/", applications.paper_appeal, name="application-paper-appeal"),
    path(_APPLICATION + "answer/", applications.answer, name="application-answer"),
    # Communities, and the steps of a membership
    path(_COMMUNITY, communities.community, name="community"),
    path(_COMMUNITY + "people/", communities.add_person, name="community-add"),
    path(_BELONGING + "part/", communities.set_part, name="community-part"),
    path(_BELONGING + "hand-over/", communities.give_over, name="community-hand-over"),
    path(_BELONGING + "end/", communities.end_person, name="community-end"),
    path("membership/<uuid:uid>/", communities.membership_step, name="membership-step"),
    # One's own
    path("me/", me.me, name="me"),
    path("me/record/", me.correct, name="me-correct"),
    path("me/consents/<uuid:uid>/<slug:purpose>/", me.consent, name="me-consent"),
    path("me/data/", me.data, name="me-data"),
    path("me/erase/", me.erase_me, name="me-erase"),
    path("privacy/", me.privacy, name="privacy"),
    path("erasures/", erasures.erasures, name="erasures"),
    path("people/<uuid:uid>/erase/", erasures.erase_person, name="person-erase"),
]
