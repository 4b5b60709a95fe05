"""Parties, communities, memberships, mandates, consent, sign-in, roles."""

from ayil.members.models.communities import Affiliation, AffiliationEnd, Mandate
from ayil.members.models.doors import (
    Card,
    CardEnd,
    CardTry,
    LinkRequest,
    MessageOutcome,
    OutgoingMessage,
    Pin,
    SignInLink,
    SignInLinkUse,
    User,
)
from ayil.members.models.doubles import Distinction, DistinctionEnd, Merge, MergeEnd
from ayil.members.models.membership import (
    Appeal,
    AppealAnswer,
    Application,
    MembershipEvent,
    MembershipStep,
)
from ayil.members.models.party import Party, PartyKind, Sex, Simulation
from ayil.members.models.photos import PartyPhoto, PartyPhotoEnd
from ayil.members.models.privacy import (
    ConsentEvent,
    Erasure,
    ErasureMention,
    ErasureRequest,
    ErasureRequestEnd,
    Look,
    Purpose,
    RetentionRun,
)
from ayil.members.models.roles import Role, RoleEnd, RoleGrant, Shop

__all__ = [
    "Affiliation",
    "AffiliationEnd",
    "Appeal",
    "AppealAnswer",
    "Application",
    "Card",
    "CardEnd",
    "CardTry",
    "ConsentEvent",
    "Distinction",
    "DistinctionEnd",
    "Erasure",
    "ErasureMention",
    "ErasureRequest",
    "ErasureRequestEnd",
    "LinkRequest",
    "Look",
    "Mandate",
    "MembershipEvent",
    "MembershipStep",
    "Merge",
    "MergeEnd",
    "MessageOutcome",
    "OutgoingMessage",
    "Party",
    "PartyKind",
    "PartyPhoto",
    "PartyPhotoEnd",
    "Pin",
    "Purpose",
    "RetentionRun",
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
