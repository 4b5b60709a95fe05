"""What the pages of statements and payouts answer."""
