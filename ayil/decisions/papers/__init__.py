"""The papers of a decision: notice, roll, ballot, sheets, minutes."""
