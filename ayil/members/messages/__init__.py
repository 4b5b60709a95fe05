"""Words to one person: a queue of messages with four ways out, and what is sent at once."""
