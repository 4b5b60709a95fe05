"""The doors: how people sign in, what they must show for their office, and what they have open."""
