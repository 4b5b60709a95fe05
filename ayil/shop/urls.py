"""The shop's addresses: the manager's page, and the till's way to the server."""

from django.urls import path

from ayil.shop import programme, receipt_sync, sync, views, zreport_page
from ayil.shop.fiscal import views as fiscal
from ayil.shop.intake import sync as intake_sync
from ayil.shop.intake import views as intake_views
from ayil.shop.money import views as money
from ayil.shop.trust import views as trust

urlpatterns = [
    path("today/", views.today, name="today"),
    path("today/exceptions/<int:pk>/clear/", views.clear, name="clear-exception"),
    path("fiscal/<slug:shop>/", fiscal.fiscal, name="fiscal"),
    path("fiscal/receipts/<int:pk>/", fiscal.say, name="fiscal-say"),
    path("till/", programme.till, name="till"),
    path("till/sw.js", programme.worker, name="till-worker"),
    path("till/manifest.webmanifest", programme.manifest, name="till-manifest"),
    path("till/v/<slug:version>/<path:name>", programme.till_file, name="till-file"),
    path("sync/v1/till", sync.till, name="sync-till"),
    path("sync/v1/start", sync.start, name="sync-start"),
    path("shop/z/<int:pk>/", zreport_page.z_report, name="z-report"),
    path("sync/v1/receipt", receipt_sync.receipt, name="sync-receipt"),
    path("sync/v1/events", sync.events, name="sync-events"),
    path("sync/v1/shelf", sync.shelf, name="sync-shelf"),
    path("shop/goods-in/", intake_views.intakes, name="intakes"),
    path("shop/goods-in/<int:pk>/", intake_views.intake, name="intake"),
    path("shop/goods-in/<int:pk>/decide/", intake_views.decide, name="intake-decide"),
    path("shop/money/", money.money, name="money"),
    path("shop/money/bank/", money.bank, name="money-bank"),
    path("shop/money/new/<slug:kind>/", money.new, name="money-new"),
    path("shop/money/<int:pk>/", money.move, name="money-move"),
    path("shop/money/<int:pk>/slip/", money.money_slip, name="money-slip"),
    path("shop/money/<int:pk>/confirm/", money.confirm, name="money-confirm"),
    path("shop/money/<int:pk>/undo/", money.undo, name="money-undo"),
    path("shop/trust/", trust.meter, name="trust"),
    path("shop/trust/postings/", trust.postings, name="trust-postings"),
    path("sync/v1/intake", intake_sync.intake, name="sync-intake"),
]
