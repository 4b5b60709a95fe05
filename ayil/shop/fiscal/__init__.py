"""A port to fiscal registers (ККМ), which no sale ever waits for.

A shop's terms say which form holds: none; a register of its own beside the till, whose number is
typed or scanned in and comes with the till's log (`numbers`); or one that is asked over the
network (`queue`, `sending`, `wire`), with a simulator to test against (`simulator`).
"""
