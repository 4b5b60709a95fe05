"""A published decision is read as it is: whole numbers and text, nothing guessed, nothing twice."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

FORMAT = "ayil/decision/1"
MOST_BYTES = 64 * 1024 * 1024

# What is in a bundle, and of what kind; a part with `None` may be missing from the decision.
PARTS: Mapping[str, tuple[type | None, ...]] = {
    "format": (str,),
    "assembly": (dict,),
    "roll": (dict,),
    "provisional": (dict, None),
    "countings": (list,),
    "minutes": (dict,),
    "signatures": (list,),
    "seal": (dict,),
    "complaints": (list,),
    "annulment": (dict, None),
    "ended": (dict, None),
    "full": (bool,),
    "sealed": (dict, None),
}


class BundleError(ValueError):
    """The file is no bundle of a decision: what is wrong with it, in words."""


def read_bundle(told: bytes) -> dict[str, Any]:
    """The bundle as it was published. BundleError where it is none."""
    if len(told) > MOST_BYTES:
        raise BundleError(f"it has {len(told)} bytes; a decision has at most {MOST_BYTES}")
    try:
        found = json.loads(
            told.decode(),
            object_pairs_hook=_once,
            parse_float=_no_fraction,
            parse_constant=_no_fraction,
        )
    except UnicodeDecodeError as error:
        raise BundleError(f"byte {error.start} is no UTF-8") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise BundleError(f"it is no JSON: {error}") from error
    return _in_shape(found)


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BundleError(f"{twice!r} stands twice in one place")
    return found


def _no_fraction(text: str) -> NoReturn:
    raise BundleError(f"{text} is no whole number")


def _in_shape(found: Any) -> dict[str, Any]:
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise BundleError(f"it does not say that it is {FORMAT}")
    strange = sorted(set(found) ^ set(PARTS))
    if strange:
        raise BundleError(f"{strange[0]!r} is {'missing' if strange[0] in PARTS else 'unknown'}")
    for name, kinds in PARTS.items():
        if not any(found[name] is None if kind is None else type(found[name]) is kind
                   for kind in kinds):  # fmt: skip
            raise BundleError(f"{name!r} is not what it should be")
    return found


def unhexed(value: Any) -> Any:
    """The value as it was hashed: {"hex": "…"} stands for bytes. ValueError for other hex."""
    if isinstance(value, dict):
        if set(value) == {"hex"}:
            return bytes.fromhex(value["hex"])
        return {name: unhexed(one) for name, one in value.items()}
    if isinstance(value, list):
        return [unhexed(one) for one in value]
    return value


def hexed(value: Any) -> Any:
    """The value as JSON tells it: bytes become {"hex": "…"}."""
    if isinstance(value, bytes | bytearray | memoryview):
        return {"hex": bytes(value).hex()}
    if isinstance(value, Mapping):
        return {str(name): hexed(one) for name, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [hexed(one) for one in value]
    return value
