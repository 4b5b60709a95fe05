"""Pages of people, a module a subject."""
