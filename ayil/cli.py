"""The command `ayil`."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ayil.site.settings")


def main() -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
    return 0
