"""The trust-money meter by day (invariant 3): owed and held, since when it lacks, and by what.

A day is the business day of what was posted: what a till sent late stands on the day on which it
was sold. Nothing is kept for it; all follows from the transfers.
"""
