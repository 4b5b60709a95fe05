"""Addresses of statements and payouts."""

from django.urls import path

from ayil.payouts.views import bank, disputes, papers, payouts, sharing, statements, terms

_LIST = "payout-lists/<int:pk>/"
_STATEMENT = "statements/<slug:shop>/<uuid:uid>/<int:number>/"

urlpatterns = [
    path(_STATEMENT, statements.statement, name="statement"),
    path(_STATEMENT + "paper/", statements.paper, name="statement-paper"),
    path(_STATEMENT + "lines/", statements.lines, name="statement-lines"),
    path(_STATEMENT + "dispute/", disputes.dispute, name="dispute"),
    path("shop/disputes/", disputes.disputes, name="disputes"),
    path("disputes/<int:pk>/", disputes.case, name="dispute-case"),
    path("disputes/<int:pk>/decide/", disputes.decide, name="dispute-decide"),
    path("disputes/<int:pk>/paper/", disputes.paper, name="dispute-paper"),
    path("communities/<uuid:uid>/sharing/", sharing.sharing, name="sharing"),
    path("communities/<uuid:uid>/sharing/set/", sharing.set_rule, name="sharing-set"),
    path("payouts/<int:pk>/sheet/", sharing.sheet, name="sheet"),
    path("payouts/<int:pk>/sheet/paper/", sharing.paper, name="sheet-paper"),
    path("association/payout-terms/", terms.payout_terms, name="payout-terms"),
    path("owed/<slug:shop>/", statements.owed, name="owed"),
    path("payouts/<int:pk>/received/", statements.received, name="payout-received"),
    # Payout lists
    path("shop/payouts/", payouts.payout_lists, name="payout-lists"),
    path("shop/payouts/close/", payouts.close_statements, name="close-statements"),
    path("shop/payouts/prepare/", payouts.prepare, name="payout-prepare"),
    path(_LIST, payouts.payout_list, name="payout-list"),
    path(_LIST + "approve/", payouts.approve, name="payout-list-approve"),
    path(_LIST + "paper/", papers.list_pdf, name="payout-list-paper"),
    path(_LIST + "evidence/", papers.evidence_add, name="payout-list-evidence"),
    path(_LIST + "signed/", papers.lines_signed, name="payout-list-signed"),
    path(_LIST + "bank-file/", bank.make_file, name="bank-file-make"),
    path("payout-papers/<int:pk>/", papers.evidence_paper, name="payout-paper"),
    path("payouts/<int:pk>/hand-over/", payouts.hand_over_one, name="payout-hand-over"),
    path("payouts/<int:pk>/cancel/", payouts.cancel, name="payout-cancel"),
    path("payouts/<int:pk>/back/", payouts.came_back, name="payout-back"),
    # By the bank
    path("bank-accounts/", bank.payee_accounts, name="payee-accounts"),
    path("bank-accounts/<int:pk>/confirm/", bank.account_confirm, name="payee-account-confirm"),
    path("bank-accounts/<int:pk>/end/", bank.account_end, name="payee-account-end"),
    path("bank-templates/", bank.bank_templates, name="bank-templates"),
    path("bank-files/<int:pk>/", bank.the_file, name="bank-file"),
    path("bank-files/<int:pk>/done/", bank.file_done, name="bank-file-done"),
]
