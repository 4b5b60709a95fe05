"""What people may type about goods on trust."""
