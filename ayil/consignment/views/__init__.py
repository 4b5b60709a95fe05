"""What the pages of goods on trust answer."""
