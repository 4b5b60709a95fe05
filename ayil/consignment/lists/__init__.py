"""Lists of a shop: its makers' goods, their prices, and the lots that stand when it joins.

Who may speak of whom: an officer of every owner, a manager of those who have an agreement with
their shop. What is given out is about one shop's owners and lots, never another's.
"""

from ayil.consignment.lists.kinds import GOODS, KINDS, LOTS, PRICES

__all__ = ["GOODS", "KINDS", "LOTS", "PRICES"]
