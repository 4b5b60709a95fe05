"""The signed code on a receipt: small, and nothing that was not signed by a till of the shop."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from tests.till.conftest import Modules
from tests.till.receipts.papers import sale

pytestmark = pytest.mark.browser

KEY = """
const { toBase64 } = await import("/till/v/test/kit/base64.js");
const curve = { name: "ECDSA", namedCurve: "P-256" };
const pair = await crypto.subtle.generateKey(curve, false, ["sign", "verify"]);
const point = toBase64(await crypto.subtle.exportKey("raw", pair.publicKey));
const keys = { "karakol-1-1": point };
const tried = (promise) => promise.then((said) => said, (error) => {
  if (!(error instanceof m.NoReceipt)) throw error;
  return error.code;
});
"""


def run(modules: Modules, body: str, *given: Any) -> Any:
    return modules.run("receipts/signed.js", KEY + body, *given)


def lines(count: int, label: str = "29012345678{:02}") -> list[dict[str, Any]]:
    return [
        {"label": label.format(n), "quantity": n + 1, "unit_price": 1, "gross": 90_000 + n}
        for n in range(count)
    ]


def test_what_was_signed_is_read_back(modules: Modules) -> None:
    event = sale(lines=[*lines(2), *lines(1, "кийиз {}")])
    said = run(
        modules,
        "return m.readSigned(`  ${await m.signedText(given[0], pair.privateKey)}\\n`, keys);",
        event,
    )
    kept = ("label", "quantity", "gross")
    assert said == {
        "hash": event["hash"],
        "device": "karakol-1",
        "epoch": 1,
        "seq": 42,
        "receipt": "karakol-1-1-42",
        "date": "2012-07-05",
        "lines": [{name: line[name] for name in kept} for line in event["payload"]["lines"]],
    }


def test_it_is_checked_by_whoever_knows_the_tills_key(modules: Modules) -> None:
    """Without any of our code: plain ECDSA over the name of the domain and the payload."""
    text, point = run(
        modules, "return [await m.signedText(given[0], pair.privateKey), point];", sale()
    )
    raw = base64.urlsafe_b64decode(text.removeprefix("AYIL1:") + "==")
    payload, signature = raw[:-64], raw[-64:]
    r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), base64.b64decode(point))
    public.verify(
        encode_dss_signature(r, s), b"ayil/receipt/1" + payload, ec.ECDSA(hashes.SHA256())
    )
    assert payload[:33] == bytes([1]) + bytes.fromhex(sale()["hash"])


@pytest.mark.parametrize(("count", "are_kept"), [(1, True), (17, True), (18, False), (200, False)])
def test_a_code_never_grows_beyond_what_a_narrow_paper_holds(
    modules: Modules, count: int, are_kept: bool
) -> None:
    length, said = run(
        modules,
        "const text = await m.signedText(given[0], pair.privateKey);"
        "return [text.length, await m.readSigned(text, keys)];",
        sale(lines=lines(count)),
    )
    assert length <= 6 + 400
    assert (said["lines"] is not None) is are_kept
    assert said["receipt"] == "karakol-1-1-42"


def test_the_largest_numbers_are_kept_whole(modules: Modules) -> None:
    event = sale(lines=[{"label": "9999999999999", "quantity": 10**9, "gross": 10**14}])
    event |= {"seq": 2**53 - 1, "epoch": 2**31 - 1, "business_date": "9999-12-31"}
    said = run(
        modules,
        "return m.readSigned(await m.signedText(given[0], pair.privateKey),"
        " { 'karakol-1-2147483647': point });",
        event,
    )
    assert said["seq"] == 2**53 - 1
    assert said["date"] == "9999-12-31"
    assert said["lines"] == [{"label": "9999999999999", "quantity": 10**9, "gross": 10**14}]


def test_a_changed_byte_is_a_forgery(modules: Modules) -> None:
    """Each byte of a code in turn: none may pass, and none may break the till."""
    answers = run(
        modules,
        """
        const { fromBase64Url, toBase64Url } = await import("/till/v/test/kit/base64.js");
        const text = await m.signedText(given[0], pair.privateKey);
        const bytes = fromBase64Url(text.slice(6));
        const found = {};
        for (let at = 0; at < bytes.length; at += 1) {
          const other = bytes.slice();
          other[at] ^= 1 + (at % 255);
          const said = await tried(m.readSigned(`AYIL1:${toBase64Url(other)}`, keys));
          found[typeof said === "string" ? said : "passed"] = true;
        }
        return Object.keys(found).sort();
        """,
        sale(),
    )
    assert "passed" not in answers
    assert set(answers) <= {"forged", "unknown-till", "unreadable"}
    assert "forged" in answers


def test_another_tills_signature_is_a_forgery(modules: Modules) -> None:
    code = """
    const other = await crypto.subtle.generateKey(curve, false, ["sign", "verify"]);
    const text = await m.signedText(given[0], other.privateKey);
    return [await tried(m.readSigned(text, keys)), await tried(m.readSigned(text, {})),
      await tried(m.readSigned(text, { toString: point }))];
    """
    assert run(modules, code, sale()) == ["forged", "unknown-till", "unknown-till"]


@pytest.mark.parametrize(
    "text",
    ["", "AYIL1:", "AYIL1:%%%", "AYIL1:AAAA", "2900000000001", "AYIL2:AAAA", "http://x",
     "AYIL1:" + "A" * 400, "AYIL1:" + "_" * 400, "AYIL1:" + "AQ" + "_" * 398],
)  # fmt: skip
def test_any_other_code_is_told_apart(modules: Modules, text: str) -> None:
    assert run(modules, "return tried(m.readSigned(given[0], keys));", text) == "unreadable"


def test_random_codes_never_break_the_till(modules: Modules) -> None:
    body = """
    const { toBase64Url } = await import("/till/v/test/kit/base64.js");
    let random = 7;
    const next = () => (random = (random * 1103515245 + 12345) % 2147483648) >> 8;
    const found = new Set();
    for (let round = 0; round < 400; round += 1) {
      const bytes = Uint8Array.from({ length: 100 + (next() % 200) }, () => next() % 256);
      bytes[0] = 1;
      const name = new TextEncoder().encode("karakol-1-1");
      if (round % 2) bytes.set([name.length, ...name], 33);
      found.add(await tried(m.readSigned(`AYIL1:${toBase64Url(bytes)}`, keys)));
    }
    return [...found].sort();
    """
    assert run(modules, body) == ["forged", "unreadable"]
