"""Every address of Ayil."""

from django.urls import URLPattern, URLResolver, include, path

from ayil.site import language, pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.home, name="home"),
    path("language/", language.choose, name="language"),
    path("", include("ayil.site.doors.urls")),
    path("", include("ayil.site.desk.urls")),
    path("", include("ayil.members.urls")),
    path("", include("ayil.decisions.urls")),
    path("", include("ayil.products.urls")),
    path("", include("ayil.grants.urls")),
    path("", include("ayil.consignment.urls")),
    path("", include("ayil.figures.urls")),
    path("", include("ayil.lessons.urls")),
    path("", include("ayil.payouts.urls")),
    path("", include("ayil.shop.urls")),
    path("", include("ayil.catalogue.urls")),
]

handler400 = pages.bad_request
handler403 = pages.forbidden
handler404 = pages.not_found
handler500 = pages.broken
