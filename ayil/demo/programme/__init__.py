"""The programme of the field guide as a plan, from one seed number: no database, no clock.

Names of villages and the pairings marked S come from named public sources; every other figure is
our estimate (E) and says so wherever it shows.
"""
