"""A register that is none, to try the port against: it answers, refuses, is silent, forgets.

    python -m ayil.shop.fiscal.simulator --port 8151 --manner answers

Give the server AYIL_FISCAL_URL=http://127.0.0.1:8151/ and choose the network form in the terms of
the shop's tills. `POST /manner` with a word of MANNERS in its body changes how it behaves while it
runs; `GET /` lists the receipts that it took.
"""

import argparse
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MANNERS = {
    "answers": "takes each receipt, and gives it the next number",
    "refuses": "says no to each, with words",
    "hangs": "takes nothing and says nothing",
    "loses": "takes each receipt, and breaks the line before it answers",
    "busy": "says 503",
    "later": "takes each receipt, and says at first that it is not done yet",
    "babbles": "answers with what is no answer",
    "drips": "answers a letter a second",
    "sends-away": "sends to another address",
    "forgets": "gives a new number each time, whatever the key: a register that is broken",
}


class Register(ThreadingHTTPServer):
    """Listens at once (port 0: any that is free) and runs in a thread of its own."""

    daemon_threads = True

    def __init__(self, port: int = 0, manner: str = "answers") -> None:
        super().__init__(("127.0.0.1", port), _Receipts)
        self.manner = manner
        self.receipts: dict[str, tuple[str, dict[str, Any]]] = {}
        self.heard: list[str] = []
        self.sign_ins: set[str] = set()
        self.stopping = threading.Event()
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def start(self) -> "Register":
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def stop(self) -> None:
        self.stopping.set()
        self.shutdown()
        self.server_close()

    def take(self, body: dict[str, Any]) -> tuple[str, bool]:
        """The receipt's number, and whether it was known; the key makes two of the same one."""
        with self.lock:
            key = str(body["key"])
            self.heard.append(key)
            known = key in self.receipts and self.manner != "forgets"
            if not known:
                self.receipts[key] = (f"{len(self.heard):08d}", body)
            return self.receipts[key][0], known


class _Receipts(BaseHTTPRequestHandler):
    server: Register
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        taken = [{"number": number} | body for number, body in self.server.receipts.values()]
        self._say(200, {"manner": self.server.manner, "receipts": taken})

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self.path == "/manner":
            word = raw.decode(errors="replace").strip()
            if word in MANNERS:
                self.server.manner = word
            self._say(200 if word in MANNERS else 400, {"manner": self.server.manner})
            return
        self.server.sign_ins.add(self.headers.get("Authorization", ""))
        body = json.loads(raw)
        if body["key"] != self.headers.get("Idempotency-Key"):
            self._say(400, {"error": "The key and its header differ."})
            return
        manner = getattr(self, f"_{self.server.manner.replace('-', '_')}", self._answers)
        manner(body)

    def _answers(self, body: dict[str, Any]) -> None:
        number, known = self.server.take(body)
        self._say(200 if known else 201, {"number": number})

    def _refuses(self, _body: dict[str, Any]) -> None:
        self._say(422, {"error": "Смена ККМ закрыта. Откройте смену и отправьте чек ещё раз."})

    def _hangs(self, _body: dict[str, Any]) -> None:
        self.server.stopping.wait(60)
        self.close_connection = True

    def _loses(self, body: dict[str, Any]) -> None:
        self.server.take(body)
        self.close_connection = True

    def _busy(self, _body: dict[str, Any]) -> None:
        self._say(503, {"error": "busy"})

    def _later(self, body: dict[str, Any]) -> None:
        number, known = self.server.take(body)
        self._say(200 if known else 202, {"number": number} if known else {})

    def _babbles(self, _body: dict[str, Any]) -> None:
        self._raw(200, b"<html>" + b"no answer " * 10_000)

    def _drips(self, body: dict[str, Any]) -> None:
        number, _known = self.server.take(body)
        answer = json.dumps({"number": number}).encode()
        self._head(200, len(answer))
        for letter in answer:
            if self.server.stopping.wait(1):
                return
            self.wfile.write(bytes([letter]))

    def _sends_away(self, _body: dict[str, Any]) -> None:
        self.send_response(302)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _say(self, status: int, content: object) -> None:
        self._raw(status, json.dumps(content, ensure_ascii=False).encode())

    def _raw(self, status: int, body: bytes) -> None:
        self._head(status, len(body))
        self.wfile.write(body)

    def _head(self, status: int, length: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        pass


def main() -> None:
    manners = "\n".join(f"  {name:12}{words}" for name, words in MANNERS.items())
    parser = argparse.ArgumentParser(
        description="A fiscal register that is none.",
        epilog=f"manners:\n{manners}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--port", type=int, default=8151)
    parser.add_argument("--manner", choices=list(MANNERS), default="answers")
    given = parser.parse_args()
    register = Register(given.port, given.manner)
    print(f"A register that {MANNERS[given.manner]}: {register.url}", flush=True)
    try:
        register.serve_forever()
    except KeyboardInterrupt:
        register.server_close()


if __name__ == "__main__":
    main()
