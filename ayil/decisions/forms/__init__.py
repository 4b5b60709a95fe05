"""What a person may type of an assembly."""
