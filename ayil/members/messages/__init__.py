"""Words to one person: a queue of messages with four ways out, and what is sent at once."""

from ayil.members.messages.at_once import Words, send
from ayil.members.messages.carriers import ways_out
from ayil.members.messages.choosing import Choice, choose_way, chosen_way
from ayil.members.messages.queue import Reach, Telling, make_message, reach_of_party
from ayil.members.models import Way

__all__ = [
    "Choice",
    "Reach",
    "Telling",
    "Way",
    "Words",
    "choose_way",
    "chosen_way",
    "make_message",
    "reach_of_party",
    "send",
    "ways_out",
]
