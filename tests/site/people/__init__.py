"""People's records as the staff sees them: pages, photos, imported lists."""
