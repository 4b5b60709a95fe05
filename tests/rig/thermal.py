"""A thermal printer on the table of a test: reads ESC/POS bytes, and keeps what it would burn.

It knows the commands that the till sends and no others: a byte that is none of them is a fault.
Letters come in the code page KZ-1048 whatever number the till chose for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from PIL import Image

ESC, FS, GS, NEW_LINE, FORM_FEED = 0x1B, 0x1C, 0x1D, 0x0A, 0x0C


@dataclass
class Printed:
    """`lines`: words by the printer's own letters. `bands`: pictures, each as wide as it came."""

    lines: list[str] = field(default_factory=list)
    bands: list[Image.Image] = field(default_factory=list)
    codes: list[tuple[str, str]] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    page: int | None = None

    def picture(self, dots: int) -> Image.Image:
        """The bands one under the other on paper of so many dots, black on white."""
        paper = Image.new("1", (dots, sum(band.height for band in self.bands)), 1)
        top = 0
        for band in self.bands:
            paper.paste(band, (0, top))
            top += band.height
        return paper


def printed(sent: bytes) -> Printed:
    """What comes out of the printer; ValueError where it would not understand."""
    out, at, line = Printed(), 0, bytearray()
    if not sent.startswith(bytes([ESC, 0x40])):
        raise ValueError("a print begins by ESC @, which forgets what another programme set")
    while at < len(sent):
        byte = sent[at]
        if byte in {ESC, FS, GS}:
            at += _command(out, sent[at:])
        elif byte == NEW_LINE:
            out.lines.append(line.decode("kz1048"))
            line.clear()
            at += 1
        elif byte < 0x20:
            raise ValueError(f"byte {byte:#x} at {at} is no command of the till")
        else:
            line.append(byte)
            at += 1
    if line:
        raise ValueError(f"a line was never ended: {line!r}")
    return out


def _command(out: Printed, rest: bytes) -> int:
    """Obeys the command at the beginning; how many bytes it was long."""
    head = rest[:2]
    if rest[:4] == bytes([GS, 0x76, 0x30, 0]):
        return _raster(out, rest)
    if rest[:3] == bytes([GS, 0x28, 0x6B]):
        return _code_key(out, rest)
    if rest[:3] == bytes([GS, 0x6B, 67]):
        out.codes.append(("EAN13", rest[4 : 4 + rest[3]].decode("ascii")))
        return 4 + rest[3]
    if rest[:4] == bytes([GS, 0x56, 66, 0]):
        out.commands.append("cut")
        return 4
    if head == bytes([ESC, 0x74]):
        out.page = rest[2]
        return 3
    named = {
        bytes([ESC, 0x40]): ("begin", 2), bytes([FS, 0x2E]): ("single bytes", 2),
        bytes([ESC, 0x45]): ("bold {}", 3), bytes([ESC, 0x61]): ("align {}", 3),
        bytes([ESC, 0x64]): ("feed {}", 3), bytes([GS, 0x21]): ("size {}", 3),
        bytes([GS, 0x68]): ("bars high {}", 3), bytes([GS, 0x77]): ("bar wide {}", 3),
        bytes([GS, 0x48]): ("digits {}", 3), bytes([GS, FORM_FEED]): ("next label", 2),
    }  # fmt: skip
    if head not in named:
        raise ValueError(f"{rest[:6].hex(' ')} is no command of the till")
    words, length = named[head]
    out.commands.append(words.format(rest[2] if length == 3 else ""))
    return length


def _raster(out: Printed, rest: bytes) -> int:
    wide, high = (int.from_bytes(rest[at : at + 2], "little") for at in (4, 6))
    dots = rest[8 : 8 + wide * high]
    if len(dots) < wide * high:
        raise ValueError("a picture was cut off")
    white_is_one = bytes(byte ^ 0xFF for byte in dots)
    out.bands.append(Image.frombytes("1", (wide * 8, high), white_is_one))
    return 8 + wide * high


def _code_key(out: Printed, rest: bytes) -> int:
    length = int.from_bytes(rest[3:5], "little")
    kind, task = rest[5], rest[6]
    if kind != 0x31:
        raise ValueError(f"a code of kind {kind} is no QR code")
    if task == 80:
        out.codes.append(("QRCode", rest[8 : 5 + length].decode()))
    elif task in {65, 67, 69, 81}:
        out.commands.append(f"qr {task} {rest[7]}")
    else:
        raise ValueError(f"a QR code has no task {task}")
    return 5 + length
