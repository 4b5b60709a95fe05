"""A scanner and a hand at the keyboard, with times of their own: a busy machine changes neither."""

import time

from playwright.sync_api import Page

SCANNER_MS = 12


def scan(page: Page, code: str, *, each_ms: int = SCANNER_MS) -> None:
    """Digits as a keyboard-wedge scanner presses them, with Enter at the end."""
    cdp = page.context.new_cdp_session(page)
    start = time.time()
    keys = [(f"Digit{one}", one, one) for one in code] + [("Enter", "Enter", "\r")]
    for place, (key_code, key, text) in enumerate(keys):
        at = start + place * each_ms / 1000
        pressed = {
            "code": key_code,
            "key": key,
            "text": text,
            "windowsVirtualKeyCode": 13 if key == "Enter" else ord(key),
            "timestamp": at,
        }
        cdp.send("Input.dispatchKeyEvent", {"type": "keyDown", **pressed})
        cdp.send("Input.dispatchKeyEvent", {"type": "keyUp", **pressed})
    cdp.detach()
