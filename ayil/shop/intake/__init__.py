"""Joint counts at the counter: what a till says of them, booked; what stands in the way, said."""
