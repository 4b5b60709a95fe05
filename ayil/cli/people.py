"""Verbs of people: found, day."""

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
    link = settings.AYIL_ADDRESS + reverse("use-link", args=[token])
    figures = {"officer": str(officer.uid), "link": link}
    lines = [f"{officer} signs in within half an hour, once, by {link}"]
    if arguments.shop:
        shop = open_first_shop(name=arguments.shop, currency=arguments.currency)
        figures["shop"] = shop.code
        lines.append(f"{shop} is open under the code {shop.code}.")
    print_figures(arguments, figures, lines)
    return DONE


def day(arguments: argparse.Namespace) -> int:
    from ayil.kit.clock import now
    from ayil.site.day import do_the_days_work

    ready()
    work = do_the_days_work(at=now(), dry_run=arguments.dry_run)
    would = "would be " if arguments.dry_run else ""
    lines = [
        f"{work.admitted} {would}admitted by rule, {work.held_back} lack a second contact",
        *(f"{count} {would}deleted by rule: {code}" for code, count in work.deleted.items()),
    ]
    figures = {"admitted": work.admitted, "held_back": work.held_back, "deleted": work.deleted}
    print_figures(arguments, figures, lines)
    return DONE
