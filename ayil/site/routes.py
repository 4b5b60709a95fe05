"""Every address of Ayil by its route's name, and who may open it: the second table of rights.

A new route needs a line in ROUTES, in the order of the alphabet within its part:

    page("statement", OWN, Right.SEE_PAYOUTS)    only to be looked at
    form("people-import", Right.IMPORT_PEOPLE)   shows a form and takes it
    target("dispute", OWN)                       only takes a form

Who may is any of those that are named:
- PUBLIC: anybody, signed in or not;
- SIGNED_IN: whoever is signed in (what it shows is the same for all, or only about the reader);
- OWN: the person whom the object belongs to, or who speaks for its community; where the address
  names no object, every person (each sees their own, or that there is nothing);
- a Right of ayil/members/rights.py: whoever holds it, as far as it reaches (their shop, their
  donor, their district). A page on which a narrower right shows more names the wider one.

`tests/site/test_rights.py` walks each route of the resolver as every role, as people of another
shop, donor and district, and as nobody, and compares what comes with this table; a route whose
address has parts needs an object to ask for in `tests/site/samples.py`. The table is printed for
readers by `make rights` in docs/guide/rights.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_noop

from ayil.members.rights import Right


class Who(StrEnum):
    """Whom a page is for where no office is needed."""

    PUBLIC = gettext_noop("anybody")
    SIGNED_IN = gettext_noop("whoever is signed in")
    OWN = gettext_noop("the person it belongs to, or who speaks for their community")
    # Machines: they carry a secret of their own in place of a person's sign-in.
    TILL = gettext_noop("an enrolled till, by its token")


PUBLIC, SIGNED_IN, OWN, TILL = Who.PUBLIC, Who.SIGNED_IN, Who.OWN, Who.TILL


@dataclass(frozen=True)
class Route:
    """`name` with its namespace; `methods` are those that the address takes, GET with HEAD."""

    name: str
    who: tuple[Who | Right, ...]
    methods: tuple[str, ...]


def page(name: str, *who: Who | Right) -> Route:
    return Route(name, who, ("GET",))


def form(name: str, *who: Who | Right) -> Route:
    return Route(name, who, ("GET", "POST"))


def target(name: str, *who: Who | Right) -> Route:
    return Route(name, who, ("POST",))


_TABLE: tuple[Route, ...] = (
    # The house: the start, the language
    page("home", PUBLIC),
    target("language", PUBLIC),
    # The doors
    form("account_login", PUBLIC),
    form("ask-link", PUBLIC),
    form("card", PUBLIC),
    page("enter", PUBLIC),
    form("mfa_authenticate", PUBLIC),
    form("mfa_login_webauthn", PUBLIC),
    form("sign-in", PUBLIC),
    form("sign-in-card", PUBLIC),
    target("sign-out", PUBLIC),
    form("use-link", PUBLIC),
    # One's own ways in
    form("account_reauthenticate", SIGNED_IN),
    target("end-my-card", OWN),
    form("mfa_activate_totp", SIGNED_IN),
    form("mfa_add_webauthn", SIGNED_IN),
    form("mfa_deactivate_totp", SIGNED_IN),
    form("mfa_generate_recovery_codes", SIGNED_IN),
    page("mfa_index", OWN),
    form("mfa_reauthenticate", SIGNED_IN),
    form("mfa_reauthenticate_webauthn", SIGNED_IN),
    form("mfa_remove_webauthn", SIGNED_IN),
    page("mfa_view_recovery_codes", SIGNED_IN),
    page("my-account", OWN),
    form("my-mail", SIGNED_IN),
    form("my-password", SIGNED_IN),
    form("my-pin", OWN),
    form("my-sessions", OWN),
    # The public pages
    page("catalogue:announcement", PUBLIC),
    page("catalogue:announcements", PUBLIC),
    page("catalogue:good", PUBLIC),
    page("catalogue:goods", PUBLIC),
    page("catalogue:village", PUBLIC),
    page("catalogue:villages", PUBLIC),
    # The desk
    page("desk", Right.SEE_DESK),
    page("find", Right.SEE_DESK),
    form("words", Right.GIVE_WORDS),
    # People
    # Joining, and who belongs to a community
    page("application", Right.TAKE_APPLICATION),
    target("application-admit", Right.ADMIT),
    target("application-answer", Right.ADMIT),
    target("application-appeal", PUBLIC),
    target("application-paper-appeal", Right.TAKE_APPLICATION),
    target("application-refuse", Right.ADMIT),
    page("application-state", PUBLIC),
    form("application-take", Right.TAKE_APPLICATION),
    form("application-take-community", Right.TAKE_APPLICATION),
    page("applications", Right.TAKE_APPLICATION),
    page("community", OWN, Right.SEE_PEOPLE),
    target("community-add", OWN, Right.CHANGE_PEOPLE),
    target("community-end", OWN, Right.CHANGE_PEOPLE),
    target("community-hand-over", OWN, Right.CHANGE_PEOPLE),
    target("community-part", OWN, Right.CHANGE_PEOPLE),
    form("join", PUBLIC),
    form("join-community", PUBLIC),
    page("join-find", PUBLIC),
    target("membership-step", OWN, Right.ADMIT),
    # A person's own data
    page("erasures", Right.ERASE_PERSON),
    page("me", OWN),
    target("me-consent", OWN),
    target("me-correct", OWN),
    page("me-data", OWN),
    form("me-erase", OWN),
    form("person-erase", Right.ERASE_PERSON),
    form("my-messages", OWN),
    target("my-telegram", OWN),
    page("privacy", PUBLIC),
    # People's records, their cards, photos and doubles
    target("distinction-end", Right.MERGE_PEOPLE),
    page("doubles", Right.MERGE_PEOPLE),
    target("doubles-say", Right.MERGE_PEOPLE),
    target("merge-end", Right.MERGE_PEOPLE),
    page("people", Right.SEE_PEOPLE),
    form("people-cards", Right.ISSUE_CARD),
    page("people-export", Right.IMPORT_PEOPLE),
    form("people-import", Right.IMPORT_PEOPLE),
    page("people-import-template", Right.IMPORT_PEOPLE),
    page("person", Right.SEE_PEOPLE),
    target("person-card", Right.ISSUE_CARD),
    target("person-card-end", Right.END_CARD),
    form("person-change", Right.CHANGE_PEOPLE),
    target("person-consent", Right.TAKE_APPLICATION),
    target("person-link", Right.ISSUE_CARD),
    form("person-messages", Right.TAKE_APPLICATION),
    form("person-pin", Right.ISSUE_CARD),
    form("person-role", Right.GIVE_ROLE),
    target("person-second-factor", Right.ISSUE_CARD),
    page("photo", PUBLIC),
    target("photo-away", OWN, Right.CHANGE_PEOPLE),
    form("photo-send", OWN, Right.CHANGE_PEOPLE),
    target("role-end", Right.GIVE_ROLE),
    form("goods-photo", OWN, Right.CHANGE_PEOPLE),
    # The village's decision
    page("our-decision", OWN),
    page("assemblies", SIGNED_IN),
    page("assembly", OWN, Right.CARE_FOR_VILLAGES),
    form("assembly-attendance", OWN, Right.CARE_FOR_VILLAGES),
    form("assembly-call", Right.CARE_FOR_VILLAGES),
    page("assembly-minutes", OWN, Right.CARE_FOR_VILLAGES),
    page("assembly-notice", OWN, Right.CARE_FOR_VILLAGES),
    form("assembly-offices", OWN, Right.CARE_FOR_VILLAGES),
    form("assembly-quorum", OWN, Right.CARE_FOR_VILLAGES),
    page("assembly-roll", OWN, Right.CARE_FOR_VILLAGES),
    form("assembly-roll-add", OWN, Right.CARE_FOR_VILLAGES),
    page("assembly-roll-add-paper", OWN, Right.CARE_FOR_VILLAGES),
    form("assembly-roll-answer", OWN, Right.CARE_FOR_VILLAGES),
    form("assembly-roll-enter", OWN, Right.CARE_FOR_VILLAGES),
    form("assembly-roll-freeze", OWN, Right.CARE_FOR_VILLAGES),
    form("assembly-roll-hang", OWN, Right.CARE_FOR_VILLAGES),
    form("assembly-roll-object", OWN, Right.CARE_FOR_VILLAGES),
    page("assembly-roll-paper", OWN, Right.CARE_FOR_VILLAGES),
    form("assembly-terms", Right.SET_TERMS),
    form("complain", PUBLIC),
    page("complaint", OWN, Right.CARE_FOR_VILLAGES),
    target("complaint-answer", Right.CARE_FOR_VILLAGES),
    page("complaint-paper", OWN, Right.CARE_FOR_VILLAGES),
    page("complaints", OWN, Right.CARE_FOR_VILLAGES),
    page("decision", PUBLIC),
    page("decision-bundle", PUBLIC),
    page("decision-full-bundle", OWN, Right.SEE_PILES),
    page("decision-minutes", PUBLIC),
    page("decision-paper", OWN, Right.CARE_FOR_VILLAGES),
    target("decision-paper-keep", OWN, Right.CARE_FOR_VILLAGES),
    form("decision-review", OWN, Right.CARE_FOR_VILLAGES),
    page("minutes-paper", OWN, Right.CARE_FOR_VILLAGES),
    target("minutes-seal", OWN, Right.CARE_FOR_VILLAGES),
    target("minutes-sign", OWN, Right.CARE_FOR_VILLAGES),
    target("minutes-write", OWN, Right.CARE_FOR_VILLAGES),
    page("recount-file", PUBLIC),
    target("signing-key-end", Right.SET_TERMS),
    page("signing-keys", PUBLIC),
    # What may be made here, and from what
    page("proposal", OWN, Right.CARE_FOR_VILLAGES),
    form("proposal-change", OWN, Right.CARE_FOR_VILLAGES),
    form("proposal-evidence", OWN, Right.CARE_FOR_VILLAGES),
    form("proposal-new", OWN, Right.CARE_FOR_VILLAGES),
    form("proposal-photo", OWN, Right.CARE_FOR_VILLAGES),
    page("proposal-picture", OWN, Right.CARE_FOR_VILLAGES),
    target("proposal-willing", OWN, Right.CARE_FOR_VILLAGES),
    target("proposal-withdraw", OWN, Right.CARE_FOR_VILLAGES),
    target("proposal-words", Right.GIVE_WORDS),
    page("proposals", OWN, Right.CARE_FOR_VILLAGES),
    page("proposals-poster", OWN, Right.CARE_FOR_VILLAGES),
    form("resources", OWN, Right.CARE_FOR_VILLAGES),
    page("simulator", OWN, Right.CARE_FOR_VILLAGES),
    # Its vote
    form("assembly-hands", OWN, Right.CARE_FOR_VILLAGES),
    page("assembly-vote", OWN, Right.CARE_FOR_VILLAGES),
    page("ballot-papers", OWN, Right.CARE_FOR_VILLAGES),
    page("booth", OWN, Right.CARE_FOR_VILLAGES),
    page("counting-sheets", OWN, Right.CARE_FOR_VILLAGES),
    page("tally", OWN, Right.CARE_FOR_VILLAGES),
    target("vote-certify", OWN, Right.CARE_FOR_VILLAGES),
    form("vote-close", OWN, Right.CARE_FOR_VILLAGES),
    form("vote-count", OWN, Right.CARE_FOR_VILLAGES),
    form("vote-lot", OWN, Right.CARE_FOR_VILLAGES),
    form("vote-open", OWN, Right.CARE_FOR_VILLAGES),
    # An owner's prices, and what the shop asks of them
    page("ageing", Right.RECEIVE_GOODS, Right.KEEP_BOOKS),
    target("ageing-ask", Right.RECEIVE_GOODS),
    page("ageing-paper", Right.RECEIVE_GOODS, Right.KEEP_BOOKS),
    form("ageing-say", Right.RECEIVE_GOODS),
    form("my-ageing", OWN),
    page("my-asked", OWN),
    page("my-goods", OWN),
    form("my-price", OWN),
    target("my-price-answer", OWN),
    page("my-price-sheet", OWN),
    form("price", Right.RECEIVE_GOODS),
    page("price-asks", Right.RECEIVE_GOODS, Right.KEEP_BOOKS),
    page("price-sheet", Right.RECEIVE_GOODS),
    page("prices", Right.RECEIVE_GOODS),
    # What a maker sold and is owed
    form("dispute", OWN),
    page("dispute-case", OWN, Right.SEE_PAYOUTS),
    target("dispute-decide", Right.DECIDE_DISPUTE),
    page("dispute-paper", OWN, Right.SEE_PAYOUTS),
    page("disputes", Right.SEE_PAYOUTS),
    form("payout-terms", Right.SET_TERMS),
    page("sharing", OWN, Right.KEEP_MANDATES, Right.SEE_PAYOUTS),
    target("sharing-set", OWN, Right.KEEP_MANDATES),
    page("sheet", OWN, Right.SEE_PAYOUTS),
    page("sheet-paper", OWN, Right.SEE_PAYOUTS),
    page("my-sales", OWN),
    page("owed", Right.SEE_PAYOUTS),
    target("payout-received", OWN),
    target("promise", OWN),
    page("sales-of", OWN, Right.KEEP_BOOKS),
    page("statement", OWN, Right.SEE_PAYOUTS),
    page("statement-lines", OWN, Right.SEE_PAYOUTS),
    page("statement-paper", OWN, Right.SEE_PAYOUTS),
    # The shop
    form("devices", Right.ENROL_DEVICE),
    target("end-device", Right.ENROL_DEVICE),
    target("clear-exception", Right.CLEAR_EXCEPTION),
    page("fiscal", Right.SEE_TODAY),
    target("fiscal-say", Right.CLEAR_EXCEPTION),
    page("intake", Right.RECEIVE_GOODS),
    target("intake-decide", Right.CLEAR_EXCEPTION),
    page("intakes", Right.RECEIVE_GOODS),
    form("labels", Right.RECEIVE_GOODS),
    form("list", Right.IMPORT_GOODS),
    page("list-empty", Right.IMPORT_GOODS),
    page("list-whole", Right.IMPORT_GOODS),
    page("lists", Right.IMPORT_GOODS),
    # Goods on trust: agreements, deliveries, quality, lots, the car
    page("agreement", OWN, Right.AGREE, Right.RECEIVE_GOODS, Right.KEEP_BOOKS),
    target("agreement-end", Right.AGREE),
    form("agreement-new", Right.AGREE),
    page("agreement-paper", OWN, Right.AGREE, Right.RECEIVE_GOODS, Right.KEEP_BOOKS),
    form("agreement-renew", Right.AGREE),
    page("agreements", Right.AGREE, Right.RECEIVE_GOODS, Right.KEEP_BOOKS),
    form("announce", OWN, Right.RECEIVE_GOODS),
    form("assess", Right.ASSESS),
    page("assessments", Right.ASSESS),
    form("car", Right.RECEIVE_GOODS),
    page("car-paper", Right.RECEIVE_GOODS),
    form("car-trip", Right.RECEIVE_GOODS),
    page("deliveries", Right.RECEIVE_GOODS, Right.KEEP_BOOKS),
    page("lot", OWN, Right.RECEIVE_GOODS, Right.KEEP_BOOKS),
    page("lots", Right.RECEIVE_GOODS, Right.KEEP_BOOKS),
    page("my-deliveries", OWN),
    page("note", OWN, Right.RECEIVE_GOODS, Right.KEEP_BOOKS, Right.ASSESS),
    form("note-count", Right.RECEIVE_GOODS),
    page("note-paper", OWN, Right.RECEIVE_GOODS, Right.KEEP_BOOKS, Right.ASSESS),
    target("note-withdraw", OWN, Right.RECEIVE_GOODS),
    page("money", Right.KEEP_BOOKS),
    form("money-bank", Right.MOVE_MONEY),
    target("money-confirm", Right.MOVE_MONEY),
    page("money-move", Right.KEEP_BOOKS),
    form("money-new", Right.MOVE_MONEY),
    page("money-slip", Right.KEEP_BOOKS),
    target("money-undo", Right.MOVE_MONEY),
    target("sync-events", TILL),
    page("sync-intake", TILL),
    page("sync-shelf", TILL),
    target("sync-start", TILL),
    page("sync-till", TILL),
    form("take-in", Right.ENROL_DEVICE),
    page("till", PUBLIC),
    page("till-file", PUBLIC),
    page("till-manifest", PUBLIC),
    form("till-terms", Right.ENROL_DEVICE),
    page("till-worker", PUBLIC),
    page("messages", Right.SEE_MESSAGES),
    form("slips", Right.RECEIVE_GOODS),
    page("slips-paper", Right.RECEIVE_GOODS),
    page("sync-receipt", TILL),
    page("today", Right.SEE_TODAY),
    page("trust", Right.SEE_TODAY),
    page("trust-postings", Right.KEEP_BOOKS),
    page("z-report", Right.SEE_TODAY),
    # Payout lists, by hand and by the bank; who collects for whom
    page("bank-file", Right.PAY_OUT),
    target("bank-file-done", Right.PAY_OUT),
    target("bank-file-make", Right.PAY_OUT),
    form("bank-templates", Right.KEEP_ACCOUNTS),
    target("close-statements", Right.CLOSE_STATEMENTS),
    target("mandate-end", OWN, Right.KEEP_MANDATES),
    page("mandate-form", SIGNED_IN),
    page("mandate-paper", OWN, Right.KEEP_MANDATES),
    form("mandates", Right.KEEP_MANDATES),
    form("my-mandates", OWN),
    target("payee-account-confirm", Right.KEEP_ACCOUNTS),
    target("payee-account-end", Right.KEEP_ACCOUNTS),
    form("payee-accounts", Right.KEEP_ACCOUNTS),
    target("payout-back", Right.PREPARE_PAYOUT),
    target("payout-cancel", Right.PREPARE_PAYOUT),
    form("payout-hand-over", Right.PAY_OUT),
    page("payout-list", Right.SEE_PAYOUTS),
    target("payout-list-approve", Right.APPROVE_PAYOUT),
    target("payout-list-evidence", Right.PREPARE_PAYOUT),
    page("payout-list-paper", Right.SEE_PAYOUTS),
    target("payout-list-signed", Right.PREPARE_PAYOUT),
    page("payout-lists", Right.SEE_PAYOUTS),
    page("payout-paper", Right.SEE_PAYOUTS),
    target("payout-prepare", Right.PREPARE_PAYOUT),
    # What leaves the shelf beside sales, and what is counted on it
    page("act", OWN, Right.RECEIVE_GOODS, Right.KEEP_BOOKS),
    form("act-new", Right.RECEIVE_GOODS),
    page("act-paper", OWN, Right.RECEIVE_GOODS, Right.KEEP_BOOKS),
    target("act-sign", Right.RECEIVE_GOODS, Right.SIGN_WRITE_OFF),
    target("act-withdraw", Right.RECEIVE_GOODS, Right.SIGN_WRITE_OFF),
    page("acts", Right.RECEIVE_GOODS, Right.KEEP_BOOKS),
    form("count", Right.RECEIVE_GOODS),
    target("count-act", Right.RECEIVE_GOODS),
    target("count-add", Right.RECEIVE_GOODS),
    target("count-close", Right.RECEIVE_GOODS),
    page("count-paper", Right.RECEIVE_GOODS),
    form("counts", Right.RECEIVE_GOODS),
    page("my-shelf", OWN),
    page("return", OWN, Right.RECEIVE_GOODS, Right.KEEP_BOOKS),
    target("return-hand-over", Right.RECEIVE_GOODS),
    form("return-new", Right.RECEIVE_GOODS),
    page("return-paper", OWN, Right.RECEIVE_GOODS, Right.KEEP_BOOKS),
    page("returns", Right.RECEIVE_GOODS, Right.KEEP_BOOKS),
    form("shelves", Right.RECEIVE_GOODS),
    page("shrinkage", Right.KEEP_BOOKS),
    page("transfer", OWN, Right.RECEIVE_GOODS, Right.KEEP_BOOKS),
    target("transfer-count", Right.RECEIVE_GOODS),
    target("transfer-missing", Right.RECEIVE_GOODS),
    form("transfer-new", Right.RECEIVE_GOODS),
    page("transfer-paper", OWN, Right.RECEIVE_GOODS, Right.KEEP_BOOKS),
    page("transfers", Right.RECEIVE_GOODS, Right.KEEP_BOOKS),
    # The grant and the programme
    page("evidence", Right.SEE_GRANT),
    page("grant", Right.SEE_GRANT),
    page("grant-of", Right.SEE_GRANT),
    page("programme", Right.SEE_PROGRAMME),
)
ROUTES: Mapping[str, Route] = {route.name: route for route in _TABLE}
