"""What owners do with their goods."""
