"""Parties, communities, memberships, mandates, consent, sign-in, roles."""

from ayil.members.models.communities import Affiliation, AffiliationEnd, Mandate
from ayil.members.models.doors import Card, CardEnd, Pin, SignInLink, SignInLinkUse, User
from ayil.members.models.membership import (
    Appeal,
    AppealAnswer,
    Application,
    MembershipEvent,
    MembershipStep,
)
from ayil.members.models.party import Party, PartyKind, Sex, Simulation
from ayil.members.models.privacy import ConsentEvent, Erasure, Look, Merge, MergeEnd, Purpose
from ayil.members.models.roles import Role, RoleEnd, RoleGrant, Shop

__all__ = [
    "Affiliation",
    "AffiliationEnd",
    "Appeal",
    "AppealAnswer",
    "Application",
    "Card",
    "CardEnd",
    "ConsentEvent",
    "Erasure",
    "Look",
    "Mandate",
    "MembershipEvent",
    "MembershipStep",
    "Merge",
    "MergeEnd",
    "Party",
    "PartyKind",
    "Pin",
    "Purpose",
    "Role",
    "RoleEnd",
    "RoleGrant",
    "Sex",
    "Shop",
    "SignInLink",
    "SignInLinkUse",
    "Simulation",
    "User",
]
