"""What people may type on the pages of people, a module a subject."""
