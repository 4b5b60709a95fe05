"""What stands outside and takes messages: a Telegram and a gateway of text messages that are none.

Real sockets on this machine. `manner` says how it behaves to whoever sends; what it took stands
in `taken`, what was asked of it in `asked`.
"""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
MANNERS = (
    "answers", "slow", "busy", "broken", "proxy", "blocked", "unknown", "babbles", "loses",
    "cuts", "locked", "drips",
)  # fmt: skip


class Outside(ThreadingHTTPServer):
    """Listens at once on any free port, in a thread of its own."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Line)
        self.manner = "answers"
        self.taken: list[dict[str, str]] = []
        self.asked: list[str] = []
        self.updates: list[dict[str, Any]] = []
        self.stopping = threading.Event()

    @property
    def telegram(self) -> str:
        return f"http://ayil_bot:{TOKEN}@127.0.0.1:{self.server_address[1]}/"

    @property
    def gateway(self) -> str:
        return f"http://ayil:se%40cret@127.0.0.1:{self.server_address[1]}/send"

    def start(self) -> Outside:
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def stop(self) -> None:
        self.stopping.set()
        self.shutdown()
        self.server_close()

    def write(self, chat: int, text: str, kind: str = "private") -> None:
        """Somebody writes to the bot."""
        message = {"chat": {"id": chat, "type": kind}, "text": text}
        self.updates.append({"update_id": 700 + len(self.updates), "message": message})

    def block(self, chat: int) -> None:
        """Somebody blocks the bot."""
        member = {
            "chat": {"id": chat, "type": "private"}, "new_chat_member": {"status": "kicked"}
        }  # fmt: skip
        self.updates.append({"update_id": 700 + len(self.updates), "my_chat_member": member})

    def texts(self) -> list[str]:
        return [one["text"] for one in self.taken]


class _Line(BaseHTTPRequestHandler):
    server: Outside
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.server.asked.append(self.path)
        if self.path == f"/bot{TOKEN}/getUpdates":
            asked = json.loads(raw)
            self._say(200, {"ok": True, "result": self._updates_from(int(asked["offset"]))})
            return
        self.words = self._read(raw)
        getattr(self, f"_{self.server.manner}")()

    def _updates_from(self, offset: int) -> list[dict[str, Any]]:
        """What stands before the offset is forgotten; what has no number comes every time."""
        numbers = [one.get("update_id") for one in self.server.updates]
        return [
            one
            for number, one in zip(numbers, self.server.updates, strict=True)
            if not isinstance(number, int) or number >= offset
        ]

    def _read(self, raw: bytes) -> dict[str, str]:
        if self.path == "/send":
            given = {name: values[0] for name, values in parse_qs(raw.decode()).items()}
            return given | {"pass": self.headers.get("Authorization", "")}
        said = json.loads(raw)
        return {"to": str(said["chat_id"]), "text": said["text"]}

    def _take(self) -> None:
        self.server.taken.append(self.words)

    def _answers(self) -> None:
        self._take()
        self._say(200, {"ok": True, "result": {"message_id": len(self.server.taken)}})

    def _slow(self) -> None:
        """Takes it, and answers long after anybody waits."""
        self._take()
        self.server.stopping.wait(20)
        self.close_connection = True

    def _busy(self) -> None:
        said = {"ok": False, "description": "Too Many Requests: retry after 37",
                "parameters": {"retry_after": 37}}  # fmt: skip
        self._say(429, said, {"Retry-After": "37"})

    def _broken(self) -> None:
        self._say(500, {"ok": False, "description": "Internal Server Error"})

    def _proxy(self) -> None:
        """Behind a proxy it was taken; the proxy has lost patience."""
        self._take()
        self._raw(504, b"<html>Gateway Timeout</html>")

    def _blocked(self) -> None:
        self._say(403, {"ok": False, "description": "Forbidden: bot was blocked by the user"})

    def _unknown(self) -> None:
        self._say(400, {"ok": False, "description": "Bad Request: chat not found"})

    def _babbles(self) -> None:
        self._take()
        self._raw(200, b"<html>" + b"no answer " * 1000)

    def _loses(self) -> None:
        """Takes it, and hangs up."""
        self._take()
        self.close_connection = True

    def _cuts(self) -> None:
        """Takes it, and hangs up in the middle of the answer."""
        self._take()
        self._head(200, 1000)
        self.wfile.write(b'{"ok": true')
        self.wfile.flush()
        self.close_connection = True

    def _locked(self) -> None:
        """Our key is wrong."""
        self._say(401, {"ok": False, "description": "Unauthorized"})

    def _drips(self) -> None:
        self._take()
        answer = json.dumps({"ok": True, "result": {}}).encode()
        self._head(200, len(answer))
        for number in range(len(answer)):
            if self.server.stopping.wait(0.3):
                return
            self.wfile.write(answer[number : number + 1])
            self.wfile.flush()

    def _say(self, status: int, content: object, headers: dict[str, str] | None = None) -> None:
        self._raw(status, json.dumps(content, ensure_ascii=False).encode(), headers)

    def _raw(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self._head(status, len(body), headers)
        self.wfile.write(body)

    def _head(self, status: int, length: int, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        pass
