"""Addresses of people: joining, members, communities, and what is a person's own."""

from django.urls import URLPattern, path

from ayil.members.views import (
    applications,
    cards,
    communities,
    doubles,
    erasures,
    imports,
    joining,
    mandates,
    me,
    messages,
    people,
    photos,
)

_APPLICATION = "applications/<uuid:uid>/"
_COMMUNITY = "communities/<uuid:uid>/"
_PERSON = "people/<uuid:uid>/"
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
    path("me/messages/", messages.my_messages, name="my-messages"),
    path("me/messages/telegram/", messages.my_telegram, name="my-telegram"),
    # Who may collect whose money
    path("me/mandates/", mandates.my_mandates, name="my-mandates"),
    path("mandates/", mandates.mandates, name="mandates"),
    path("mandates/form/", mandates.blank_paper, name="mandate-form"),
    path("mandates/<int:pk>/end/", mandates.mandate_end, name="mandate-end"),
    path("mandates/<int:pk>/paper/", mandates.mandate_paper, name="mandate-paper"),
    path("privacy/", me.privacy, name="privacy"),
    path("erasures/", erasures.erasures, name="erasures"),
    path("people/<uuid:uid>/erase/", erasures.erase_person, name="person-erase"),
    # People's records, for the staff
    path("people/", people.people, name="people"),
    path("people/cards/", cards.cards, name="people-cards"),
    path("people/import/", imports.people_import, name="people-import"),
    path(
        "people/import/<slug:language>.<slug:kind>", imports.template, name="people-import-template"
    ),
    path("people/export.<slug:form>", imports.people_export, name="people-export"),
    path(_PERSON, people.person, name="person"),
    path(_PERSON + "change/", people.change, name="person-change"),
    path(_PERSON + "messages/", messages.person_messages, name="person-messages"),
    path(_PERSON + "consent/", people.consent, name="person-consent"),
    path(_PERSON + "role/", people.role, name="person-role"),
    path(_PERSON + "role/<int:grant>/end/", people.role_end, name="role-end"),
    path(_PERSON + "card/", cards.card_issue, name="person-card"),
    path(_PERSON + "card/<uuid:card>/end/", cards.card_end, name="person-card-end"),
    path(_PERSON + "pin/", cards.pin, name="person-pin"),
    path(_PERSON + "link/", cards.link, name="person-link"),
    path(_PERSON + "second-factor/", cards.second_factor, name="person-second-factor"),
    path(_PERSON + "photo/", photos.photo_send, name="photo-send"),
    path(_PERSON + "photo/away/", photos.photo_away, name="photo-away"),
    path("photos/<uuid:uid>.jpg", photos.photo, name="photo"),
    # What was sent to people, for the staff of a shop
    path("shop/messages/", messages.log, name="messages"),
    path("shop/slips/", messages.slips, name="slips"),
    path("shop/slips/paper/", messages.slips_paper, name="slips-paper"),
    path("doubles/", doubles.doubles, name="doubles"),
    path("doubles/say/", doubles.doubles_say, name="doubles-say"),
    path("doubles/merges/<int:merge>/end/", doubles.merge_end, name="merge-end"),
    path(
        "doubles/distinctions/<int:distinction>/end/",
        doubles.distinction_end,
        name="distinction-end",
    ),
]
