"""Papers of goods on trust, a module a subject; labels have a template of their own."""
