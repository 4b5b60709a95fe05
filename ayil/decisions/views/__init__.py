"""Pages of the villages' decisions."""
