"""Money between the safe, the bank and the association: moved with its paper, never changed."""
