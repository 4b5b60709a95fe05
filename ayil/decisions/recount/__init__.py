"""A published decision counted again by anybody: the standard library, and nothing of ours but the
rules and the way to write a value as bytes.

`python3 -m ayil.decisions.recount BUNDLE` beside the source, `python3 recount.pyz BUNDLE` with the
one file that is published beside each bundle, `ayil recount BUNDLE` where Ayil is installed.
"""

from ayil.decisions.recount.checks import Findings, recount
from ayil.decisions.recount.reading import FORMAT, BundleError, hexed, read_bundle

__all__ = ["FORMAT", "BundleError", "Findings", "hexed", "read_bundle", "recount"]
