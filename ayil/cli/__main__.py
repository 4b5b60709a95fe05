"""`python -m ayil.cli` is the command as well."""

import sys

from ayil.cli import main

if __name__ == "__main__":
    sys.exit(main())
