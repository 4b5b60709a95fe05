"""The same random profiles in every run, without a clock, and nothing that leaves the machine."""

from hypothesis import HealthCheck, settings

from tests.rig import network

settings.register_profile(
    "oracles",
    deadline=None,
    derandomize=True,
    print_blob=True,
    database=None,
    max_examples=300,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("oracles")
network.stay_on_this_machine()
