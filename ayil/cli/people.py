"""Verbs of people: found."""

import argparse

from ayil.cli.running import DONE, print_figures, ready


def found(arguments: argparse.Namespace) -> int:
    from django.conf import settings
    from django.urls import reverse

    from ayil.kit.clock import now
    from ayil.members.founding import found as found_association
    from ayil.members.founding import open_first_shop

    ready()
    officer, token = found_association(
        association=arguments.association,
        officer=arguments.officer,
        language=arguments.language or settings.LANGUAGE_CODE,
        at=now(),
    )
    figures = {
        "officer": str(officer.uid),
        "link": settings.AYIL_ADDRESS + reverse("use-link", args=[token]),
    }
    lines = [f"{officer} signs in within half an hour, once, by {link}"]
    if arguments.shop:
        shop = open_first_shop(name=arguments.shop, currency=arguments.currency)
        figures["shop"] = shop.code
        lines.append(f"{shop} is open under the code {shop.code}.")
    print_figures(arguments, figures, lines)
    return DONE
