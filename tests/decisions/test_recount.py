"""A published decision is counted again from its file; whatever is changed in it is found."""

from __future__ import annotations

import copy
import hashlib
import json
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import ayil
from ayil.cli import main
from ayil.decisions.actions.sealing import seal_decision, sealed_around
from ayil.decisions.bundle import bare_bundle, bundle_bytes
from ayil.decisions.models import Decision
from ayil.decisions.recount import BundleError, Findings, read_bundle, recount
from ayil.decisions.recount.ed25519 import ORDER, is_signed
from ayil.decisions.recount.sealed import sealed_words, whole_words
from ayil.decisions.recount_file import recount_file
from tests.decisions.barskoon import AT, YURTS, Barskoon

Bundle = dict[str, Any]
Path_ = tuple[str | int, ...]

# Every pile has three papers at least: they may be published.
FOUR_PILES = [{1}] * 4 + [{1, 2}] * 3 + [{3}] * 3 + [None, None]


def published_of(papers: list[Any], *, is_full: bool = False) -> Bundle:
    barskoon = Barskoon()
    barskoon.quorate()
    barskoon.propose()
    barskoon.vote(papers)
    return given_out(sealed(barskoon), is_full=is_full)


def sealed(barskoon: Barskoon) -> Decision:
    """Minuted, signed by three and sealed; once."""
    minuted = Decision.objects.filter(assembly=barskoon.assembly).first()
    if minuted is not None:
        return minuted
    decision = barskoon.minute()
    barskoon.sign(decision)
    seal_decision(decision=decision, by=barskoon.registrar, at=AT)
    return decision


def given_out(decision: Decision, *, is_full: bool = False) -> Bundle:
    fresh = Decision.objects.get(pk=decision.pk)
    return read_bundle(bundle_bytes(sealed_around(bare_bundle(fresh, is_full=is_full))))


@pytest.fixture
def bundle(db: None) -> Bundle:
    return published_of(FOUR_PILES)


def test_a_village_decision_is_recounted_from_its_piles(bundle: Bundle) -> None:
    found = recount(bundle, key=bundle["seal"]["key"])
    assert (found.broken, found.unchecked, found.notes) == ([], [], [])
    assert found.figures["chosen"] == ["Yurts"]
    assert bundle["countings"][0]["piles"] == [[[1], 4], [[1, 2], 3], [[3], 3]]
    assert "Aigul" not in json.dumps(bundle)


@pytest.mark.django_db
def test_small_piles_are_withheld_and_the_totals_still_checked() -> None:
    bundle = published_of([*YURTS, None])
    told = bundle["countings"][0]
    assert (told["piles"], told["salt"]) == (None, None)
    found = recount(bundle)
    assert found.broken == []
    assert "the piles are withheld" in found.unchecked[0]
    bundle["countings"][0]["said"]["approvals"][0][1] = 2
    assert any("the totals give" in line for line in recount(bundle).broken)


@pytest.mark.django_db
def test_the_full_bundle_has_all_piles_and_is_recounted_whole() -> None:
    bundle = published_of([*YURTS, None], is_full=True)
    assert recount(bundle).broken == []
    assert recount(bundle).unchecked == []
    bundle["full"] = False
    assert any("fewer than 3 papers is published" in line for line in recount(bundle).broken)


# What may be written into a bundle without the seal around it telling: names for the reader, and
# what came after the signatures.
OUTSIDE = (
    ("format",), ("assembly", "names"), ("complaints",), ("annulment",), ("ended",), ("full",),
    ("seal", "at"), ("sealed",),
)  # fmt: skip


def test_every_changed_field_breaks_the_recount(bundle: Bundle) -> None:
    """Of all that is hashed, signed, counted or said twice; without the seal around the file."""
    missed = []
    for path in leaves(bundle):
        if any(path[: len(outside)] == outside for outside in OUTSIDE):
            continue
        changed = copy.deepcopy(bundle)
        change(changed, path)
        if not recount(changed, whole=False).broken:
            missed.append(path)
    assert missed == []


def test_the_seal_around_the_file_covers_the_rest(bundle: Bundle) -> None:
    outside = [path for path in leaves(bundle) if path[:1] != ("sealed",)
               and any(path[: len(one)] == one for one in OUTSIDE)]  # fmt: skip
    assert ("assembly", "names", "ky") in outside
    for path in outside:
        changed = copy.deepcopy(bundle)
        change(changed, path)
        assert any("not as it was given out" in line for line in recount(changed).broken)
    bundle["sealed"] = None
    assert any("carries no seal" in line for line in recount(bundle).broken)


def leaves(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    """Every place of the bundle that holds no further ones."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for name, one in pairs:
        if isinstance(one, dict | list) and one:
            yield from leaves(one, (*path, name))
        else:
            yield (*path, name)


def change(bundle: Bundle, path: Path_) -> None:
    *way, last = path
    holder: Any = bundle
    for name in way:
        holder = holder[name]
    holder[last] = changed_value(holder[last])


def changed_value(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        return ("1" if value[:1] == "0" else "0") + value[1:]
    return {"on": "2012-06-01"} if value in (None, {}) else [1]


def test_one_changed_byte_of_the_file_is_found(bundle: Bundle) -> None:
    """Any byte, wherever it stands; only a blank between two words changes nothing."""
    told = bundle_bytes(bundle)
    chance = random.Random(6)
    for place in chance.sample(range(len(told)), 120):
        byte = bytes([told[place] ^ (1 << chance.randrange(7))])
        changed = told[:place] + byte + told[place + 1 :]
        try:
            read = read_bundle(changed)
        except BundleError:
            continue
        assert recount(read).broken or read == bundle, (place, told[place - 20 : place + 20])


def test_a_forger_needs_the_key(bundle: Bundle) -> None:
    """Somebody changes the choice, hashes anew and signs with a key of their own: told by --key."""
    forger = Ed25519PrivateKey.generate()
    public = forger.public_key().public_bytes_raw().hex()
    ours = bundle["seal"]["key"]
    bundle["seal"] |= {"key": public, "signature": forger.sign(sealed_words(bundle)).hex()}
    bundle["sealed"] = {"key": public, "signature": forger.sign(whole_words(bundle)).hex()}
    assert recount(bundle).broken == []
    assert "compare the key" in recount(bundle).notes[0]
    assert "not by" in recount(bundle, key=ours).broken[0]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (b"\xff", "no UTF-8"),
        (b"[1", "no JSON"),
        (b"[]", "does not say"),
        (b'{"format": "ayil/decision/1", "format": "x"}', "stands twice"),
        (b'{"format": "ayil/decision/1", "roll": 1.5}', "no whole number"),
        (b'{"format": "ayil/decision/1"}', "is missing"),
        (b"[" * 100_000, "no JSON"),
    ],
)
def test_what_is_no_bundle_is_refused(told: bytes, words: str) -> None:
    with pytest.raises(BundleError, match=words):
        read_bundle(told)


def test_a_part_of_another_kind_is_broken_and_no_crash(bundle: Bundle) -> None:
    for name in ("roll", "minutes", "seal", "assembly"):
        changed = {**bundle, name: {}}
        found = recount(changed)
        assert isinstance(found, Findings)
        assert any("cannot be checked" in line for line in found.broken)


def test_the_command_answers_0_1_and_2(
    bundle: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bundle.json"
    file.write_bytes(bundle_bytes(bundle))
    assert main(["recount", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["chosen"] == ["Yurts"]
    assert main(["tally", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["winners"] == ["1"]
    bundle["minutes"]["said"]["chosen"] = [2]
    file.write_bytes(bundle_bytes(bundle))
    assert main(["recount", str(file)]) == 1
    assert "broken: the count chose [1], the minutes say [2]." in capsys.readouterr().out
    file.write_text("{}")
    assert main(["recount", str(file)]) == 2
    assert "no bundle of a decision" in capsys.readouterr().err
    assert main(["recount", str(tmp_path / "nowhere")]) == 2


def test_a_bare_python_counts_it_again(bundle: Bundle, tmp_path: Path) -> None:
    """No package, no environment, no site: the one file alone, and the source folder alone."""
    file = tmp_path / "bundle.json"
    file.write_bytes(bundle_bytes(bundle))
    alone = tmp_path / "recount.pyz"
    alone.write_bytes(recount_file())
    bare = [sys.executable, "-I", "-S"]
    source = Path(ayil.__file__).parent.parent
    by_module = (
        f"import runpy, sys; sys.path.insert(0, {str(source)!r}); "
        "runpy.run_module('ayil.decisions.recount', run_name='__main__')"
    )
    for start in ([*bare, str(alone)], [*bare, "-c", by_module]):
        answer = subprocess.run(
            [*start, str(file)], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert (answer.returncode, answer.stderr) == (0, "")
        assert "Yurts" in answer.stdout
        assert "Everything that is here holds." in answer.stdout


def test_the_one_file_is_the_same_whenever_it_is_made() -> None:
    first = recount_file()
    recount_file.cache_clear()
    assert recount_file() == first


# RFC 8032, section 7.1: tests 1, 2, 3 and SHA(abc).
VECTORS = [
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    "-",
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd2",
    "5bf5f0595bbe24655141438e7a100b",
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "72",
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c38",
    "7b2eaeb4302aeeb00d291612bb0c00",
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    "af82",
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a",
    "7c15e9716ed28dc027beceea1ec40a",
    "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
    "SHA-ABC",
    "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303d",
    "ca179c138ac17ad9bef1177331a704",
]


def vectors() -> Iterator[tuple[bytes, bytes, bytes]]:
    """Key, message, signature; a signature takes two lines."""
    for at in range(0, len(VECTORS), 4):
        key, message, first, second = VECTORS[at : at + 4]
        yield bytes.fromhex(key), _message(message), bytes.fromhex(first + second)


def _message(told: str) -> bytes:
    if told == "SHA-ABC":
        return hashlib.sha512(b"abc").digest()
    return bytes.fromhex(told.strip("-"))


@pytest.mark.parametrize(("key", "words", "signed"), list(vectors()))
def test_signatures_of_the_standard_are_valid(key: bytes, words: bytes, signed: bytes) -> None:
    assert is_signed(key, signed, words)
    assert not is_signed(key, signed, words + b"x")
    scalar = int.from_bytes(signed[32:], "little") + ORDER  # the same signature in another form
    assert not is_signed(key, signed[:32] + scalar.to_bytes(32, "little"), words)


def test_signatures_are_valid_where_the_library_says_so() -> None:
    chance = random.Random(8032)
    for length in range(12):
        private = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
        public, message = private.public_key().public_bytes_raw(), chance.randbytes(length * 7)
        signature = private.sign(message)
        assert is_signed(public, signature, message)
        place = chance.randrange(64)
        flipped = bytes([signature[place] ^ 1])
        assert not is_signed(public, signature[:place] + flipped + signature[place + 1 :], message)
    assert not is_signed(b"", b"", b"")
    assert not is_signed(b"\xff" * 32, signature, message)
