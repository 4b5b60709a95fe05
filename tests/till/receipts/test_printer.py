"""The way to a printer: what comes out of the cable, and what the clerk is told when nothing can.

The devices stand in the page as the browser would give them: they take bytes, know their paper,
and can be pulled out in the middle.
"""

from __future__ import annotations

import base64
from typing import Any

import pytest

from tests.rig.thermal import printed
from tests.till.conftest import Modules

pytestmark = pytest.mark.browser

DESK = """
const { paper } = await import("/till/v/test/receipts/paper.js");
const { toBase64 } = await import("/till/v/test/kit/base64.js");
const slip = (text) => paper([{ text }], { title: text, language: "ky" });
const settings = (printer) => ({ get: () => printer });
const answer = (promise) => promise.then(() => "printed", (error) => {
  if (!(error instanceof m.NotPrinted)) throw error;
  if (!error.words) throw new Error(`no words for ${error.code}`);
  return error.code;
});
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
"""

USB = """
class Cable {
  constructor(more = {}) {
    Object.assign(this, { vendorId: 1208, productId: 3605, serialNumber: "T20-1",
      productName: "Receipt printer", opened: false, configuration: null, taken: [], calls: [],
      status: 0x18, pulledAfter: Infinity, stuck: false, isClaimedElsewhere: false, ...more });
  }
  async open() {
    if (this.isClaimedElsewhere) throw new DOMException("Access denied.", "SecurityError");
    this.opened = true;
    this.calls.push("open");
  }
  async selectConfiguration() {
    const end = (direction, type, endpointNumber) => ({ direction, type, endpointNumber });
    const part = (interfaceNumber, interfaceClass, endpoints) => ({ interfaceNumber,
      alternates: [{ alternateSetting: 0, interfaceClass, endpoints }] });
    this.configuration = { interfaces: [
      part(0, 255, [end("out", "bulk", 9)]),
      part(1, 7, [end("in", "bulk", 1), end("out", "bulk", 2)]),
    ] };
  }
  async claimInterface(number) { this.calls.push(`claim ${number}`); }
  async controlTransferIn({ requestType, recipient, request, index }) {
    if (requestType !== "class" || recipient !== "interface" || request !== 1 || index !== 1) {
      throw new DOMException("stalled", "NetworkError");
    }
    return { status: "ok", data: new DataView(Uint8Array.of(this.status).buffer) };
  }
  async transferOut(end, bytes) {
    if (!this.opened) throw new DOMException("The device must be opened.", "InvalidStateError");
    if (this.stuck) return new Promise(() => {});
    if (this.taken.length >= this.pulledAfter) {
      throw new DOMException("The device was disconnected.", "NotFoundError");
    }
    this.calls.push(`out ${end} ${bytes.length}`);
    this.taken.push(...bytes);
  }
  async close() { this.opened = false; this.calls.push("close"); }
}
const plug = (...devices) => Object.defineProperty(navigator, "usb", { configurable: true,
  value: { getDevices: async () => devices, requestDevice: async () => devices[0] } });
const usb = { kind: "usb", device: { vendorId: 1208, productId: 3605, serialNumber: "T20-1" } };
"""


def run(modules: Modules, body: str, *given: Any) -> Any:
    return modules.run("receipts/printer.js", DESK + USB + SERIAL + body, *given)


SERIAL = """
class Line {
  constructor(more = {}) {
    Object.assign(this, { taken: [], calls: [], says: [], speed: 0, isOpen: false,
      stuckFrom: Infinity,
      info: { usbVendorId: 4070, usbProductId: 33054 }, ...more });
  }
  getInfo() { return this.info; }
  async open({ baudRate }) {
    if (this.isOpen) throw new DOMException("already open", "InvalidStateError");
    this.isOpen = true;
    this.speed = baudRate;
    const line = this;
    this.readable = new ReadableStream({ start(out) { line.out = out; } });
    this.make();
  }
  make() {
    const line = this;
    this.writable = new WritableStream({
      async write(bytes) {
        line.stuckFrom -= 1;
        if (line.stuckFrom < 0) await new Promise(() => {});
        const isQuestion = bytes.length === 3 && bytes[0] === 0x10;
        if (isQuestion && line.says.length) line.out.enqueue(Uint8Array.of(line.says.shift()));
        if (!isQuestion) line.taken.push(...bytes);
      },
      close() { line.calls.push("drained"); line.make(); },
    });
  }
  async close() { this.isOpen = false; this.calls.push("close"); }
}
const wire = (...lines) => Object.defineProperty(navigator, "serial", { configurable: true,
  value: { getPorts: async () => lines, requestPort: async () => lines[0] } });
const serial = { kind: "serial", baud: 9600,
  device: { usbVendorId: 4070, usbProductId: 33054 } };
"""


def test_the_paper_comes_out_of_the_cable(modules: Modules) -> None:
    taken, calls = run(
        modules,
        """
        const cable = new Cable();
        plug(new Cable({ serialNumber: "another" }), cable);
        await m.print(slip("Төрт-Күл"), settings({ ...usb, letters: "rk1048", page: 7 }));
        return [toBase64(Uint8Array.from(cable.taken)), cable.calls];
        """,
    )
    raw = base64.b64decode(taken)
    assert printed(raw).lines == ["Төрт-Күл"]
    assert printed(raw).page == 7
    assert calls == ["open", "claim 1", f"out 2 {len(raw)}", "close"], "the printer's own way in"


@pytest.mark.parametrize(
    ("cable", "code"),
    [
        ("{ status: 0x38 }", "paper"),
        ("{ pulledAfter: 0 }", "off"),
        ("{ serialNumber: 'T20-2' }", "off"),
        ("{ isClaimedElsewhere: true }", "refused"),
    ],
)
def test_what_lacks_is_told_and_the_next_print_works(
    modules: Modules, cable: str, code: str
) -> None:
    body = f"""
    const broken = new Cable({cable});
    plug(broken);
    const first = await answer(m.print(slip("one"), settings(usb)));
    const mended = new Cable();
    plug(mended);
    const again = await answer(m.print(slip("one"), settings(usb)));
    return [first, again, mended.taken.length > 0, broken.opened];
    """
    assert run(modules, body) == [code, "printed", True, False]


def test_paper_that_ends_in_the_middle_is_told(modules: Modules) -> None:
    body = """
    const cable = new Cable();
    plug(cable);
    const send = cable.transferOut;
    cable.transferOut = async (...some) => { await send.apply(cable, some); cable.status = 0x38; };
    return answer(m.print(slip("one"), settings(usb)));
    """
    assert run(modules, body) == "paper"


def test_a_printer_that_knows_no_such_question_still_prints(modules: Modules) -> None:
    body = """
    const cable = new Cable();
    plug(cable);
    cable.controlTransferIn = async () => { throw new DOMException("stalled", "NetworkError"); };
    return answer(m.print(slip("one"), settings(usb)));
    """
    assert run(modules, body) == "printed"


def test_papers_come_out_in_the_order_they_were_asked_for(modules: Modules) -> None:
    body = """
    const cable = new Cable();
    plug(cable);
    const chosen = settings({ ...usb, letters: "rk1048" });
    await Promise.all(["one", "two", "three"].map((one) => m.print(slip(one), chosen)));
    return new TextDecoder().decode(Uint8Array.from(cable.taken)).match(/one|two|three/g);
    """
    assert run(modules, body) == ["one", "two", "three"]


def test_of_many_papers_it_is_told_how_many_came_out(modules: Modules) -> None:
    body = """
    const cable = new Cable();
    plug(cable);
    const chosen = settings({ ...usb, letters: "rk1048" });
    const send = cable.transferOut;
    const words = () => new TextDecoder().decode(Uint8Array.from(cable.taken)).match(/[a-z]{3,}/g);
    await m.print([slip("one"), slip("two")], chosen);
    cable.transferOut = async (...some) => {
      await send.apply(cable, some);
      if (words().includes("four")) cable.status = 0x38;
    };
    const failed = await m.print(["three", "four", "five"].map(slip), chosen).catch((e) => e);
    return [words(), failed.code, failed.printed];
    """
    assert run(modules, body) == [["one", "two", "three", "four"], "paper", 1]


def test_a_printer_that_takes_nothing_is_given_up(modules: Modules) -> None:
    """With a clock that runs a thousand times as fast: the till waits for a quarter of a minute."""
    body = """
    const cable = new Cable({ stuck: true });
    plug(cable);
    const slow = globalThis.setTimeout;
    globalThis.setTimeout = (act, ms, ...more) => slow(act, ms / 1000, ...more);
    const said = [await answer(m.print(slip("one"), settings(usb)))];
    const line = new Line({ stuckFrom: 2 });
    wire(line);
    said.push(await answer(m.print(slip("one"), settings(serial))));
    globalThis.setTimeout = slow;
    return [...said, cable.calls.at(-1), line.calls.at(-1)];
    """
    assert run(modules, body) == ["stuck", "stuck", "close", "close"]


def test_nothing_chosen_and_no_printer(modules: Modules) -> None:
    body = """
    plug();
    wire();
    return Promise.all([{ kind: "usb" }, { kind: "serial" }, { kind: "none" }, usb, serial]
      .map((one) => answer(m.print(slip("one"), settings(one)))));
    """
    assert run(modules, body) == ["none", "none", "printed", "off", "off"]


def test_a_serial_line_gets_the_same_bytes_at_its_speed(modules: Modules) -> None:
    taken, speed, calls = run(
        modules,
        """
        const line = new Line({ says: [0x12, 0x12, 0x12, 0x12] });
        wire(new Line({ info: { usbVendorId: 1, usbProductId: 2 } }), line);
        await m.print(slip("Ысык-Көл"), settings(serial));
        return [toBase64(Uint8Array.from(line.taken)), line.speed, line.calls];
        """,
    )
    assert printed(base64.b64decode(taken)).picture(384).height == 26
    assert (speed, calls) == (9600, ["drained", "close"])


@pytest.mark.parametrize(
    ("says", "code"),
    [
        ([0x72], "paper"),
        ([0x12, 0x16], "cover"),
        ([0x12, 0x12, 0x72], "paper"),
        ([0xFF, 0x00, 0x6D, 0x40], "printed"),
    ],
)
def test_what_a_serial_printer_answers_is_understood(
    modules: Modules, says: list[int], code: str
) -> None:
    """The last ones are no answers of a printer: a mouse on the line, noise."""
    body = """
    const line = new Line({ says: given[0] });
    wire(line);
    return [await answer(m.print(slip("one"), settings(serial))), line.isOpen];
    """
    assert run(modules, body, says) == [code, False]


def test_a_silent_line_prints(modules: Modules) -> None:
    body = """
    const line = new Line();
    wire(line);
    return [await answer(m.print(slip("one"), settings(serial))), line.taken.length > 0];
    """
    assert run(modules, body) == ["printed", True]


def test_what_is_remembered_of_a_chosen_printer_finds_it_again(modules: Modules) -> None:
    body = """
    const cable = new Cable();
    plug(cable);
    const remembered = JSON.parse(JSON.stringify(await m.choose("usb")));
    const line = new Line({ info: {} });
    wire(line);
    const plain = JSON.parse(JSON.stringify(await m.choose("serial")));
    navigator.usb.requestDevice = async () => { throw new DOMException("none", "NotFoundError"); };
    return [
      await answer(m.print(slip("one"), settings({ kind: "usb", device: remembered }))),
      await answer(m.print(slip("one"), settings({ kind: "serial", device: plain }))),
      remembered.name, await m.choose("usb"),
    ];
    """
    assert run(modules, body) == ["printed", "printed", "Receipt printer", None]
