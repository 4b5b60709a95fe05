"""Plays the plan through the same actions and the same till log that real use takes."""
