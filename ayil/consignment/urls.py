"""Addresses of goods on trust: labels, agreements, deliveries, stock."""

from django.urls import path

from ayil.consignment.views import (
    ageing,
    agreements,
    asked,
    car,
    counting,
    deliveries,
    labels,
    lists,
    lots,
    prices,
)

urlpatterns = [
    path("shop/labels/", labels.labels, name="labels"),
    # Lists that come and go as spreadsheets
    path("shop/lists/", lists.lists, name="lists"),
    path("shop/lists/<slug:kind>/", lists.list_of, name="list"),
    path("shop/lists/<slug:kind>/all.<slug:form>", lists.list_whole, name="list-whole"),
    path(
        "shop/lists/<slug:kind>/empty-<slug:language>.<slug:form>",
        lists.list_empty,
        name="list-empty",
    ),
    path("shop/agreements/", agreements.agreements, name="agreements"),
    path("shop/agreements/new/", agreements.new, name="agreement-new"),
    path("shop/agreements/<uuid:uid>/", agreements.agreement, name="agreement"),
    path("shop/agreements/<uuid:uid>/renew/", agreements.renewal, name="agreement-renew"),
    path("shop/agreements/<uuid:uid>/end/", agreements.end, name="agreement-end"),
    path("shop/agreements/<uuid:uid>/paper/", agreements.paper, name="agreement-paper"),
    path("shop/agreements/<uuid:uid>/announce/", deliveries.announce, name="announce"),
    path("my-deliveries/", deliveries.my_deliveries, name="my-deliveries"),
    path("shop/deliveries/", deliveries.deliveries, name="deliveries"),
    path("shop/notes/<uuid:uid>/", deliveries.note, name="note"),
    path("shop/notes/<uuid:uid>/count/", counting.count, name="note-count"),
    path("shop/notes/<uuid:uid>/paper/", deliveries.paper, name="note-paper"),
    path("shop/notes/<uuid:uid>/withdraw/", deliveries.withdraw, name="note-withdraw"),
    path("shop/quality/", counting.assessments, name="assessments"),
    path("shop/quality/<int:pk>/", counting.assessment, name="assess"),
    path("shop/lots/", lots.lots, name="lots"),
    path("shop/lots/<int:pk>/", lots.lot, name="lot"),
    path("shop/car/", car.car, name="car"),
    path("shop/car/<int:pk>/", car.trip, name="car-trip"),
    path("shop/car/<int:pk>/paper/", car.paper, name="car-paper"),
    # What an owner is asked; what stands too long; the owners' prices
    path("my-goods/asked/", asked.my_asked, name="my-asked"),
    path("my-goods/ageing/<int:pk>/", asked.my_ageing, name="my-ageing"),
    path("shop/ageing/", ageing.ageing, name="ageing"),
    path("shop/ageing/ask/<uuid:uid>/", ageing.ageing_ask, name="ageing-ask"),
    path("shop/ageing/paper/", ageing.ageing_paper, name="ageing-paper"),
    path("shop/ageing/say/<int:pk>/", ageing.ageing_say, name="ageing-say"),
    path("shop/prices/", prices.prices, name="prices"),
    path("shop/prices/asked/", prices.price_asks, name="price-asks"),
    path("shop/prices/<int:pk>/", prices.price, name="price"),
    path("shop/prices/<int:pk>/sheet/", prices.price_sheet, name="price-sheet"),
]
