"""100 MB beside an envelope (MTOM), sent from a file and received into one: memory and time.

The server is a process of its own, and so is each client:
``python -m benchmarks.beside serve FILE`` and ``… send|receive TOOL FOLDER WSDL URL FILE``.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import mmap
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

from .commands import BIN
from .memory import status

MEGABYTES = 100
_PIECE = 1 << 16
_NAMESPACE = "http://example.org/files"
_ANSWER = (
    b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
    b'<StoreResponse xmlns="http://example.org/files"><document><name>a</name><content>'
    b'<x:Include xmlns:x="http://www.w3.org/2004/08/xop/include" href="cid:b@example.org"/>'
    b"</content></document></StoreResponse></s:Body></s:Envelope>"
)
_START = (
    b'--part\r\nContent-Type: application/xop+xml; type="text/xml"; charset=utf-8\r\n'
    b"Content-ID: <a@example.org>\r\n\r\n" + _ANSWER + b"\r\n--part\r\n"
    b"Content-Type: application/octet-stream\r\nContent-ID: <b@example.org>\r\n\r\n"
)
_END = b"\r\n--part--\r\n"
_KIND = 'multipart/related; type="application/xop+xml"; start="<a@example.org>"; boundary=part'


def run(work: Path, wsdl: Path, told: Any) -> dict[str, dict[str, float]]:
    """What each tool takes each way; a tool that came to other bytes, or cannot, is left out."""
    build = [BIN / "soapgen", "build", wsdl, "--quiet", "--name", "bench_files", "--out", work]
    subprocess.run(list(map(str, build)), check=True, capture_output=True)
    file = work / "beside.bin"
    file.write_bytes(os.urandom(MEGABYTES * 10**6))
    command = [sys.executable, "-m", "benchmarks.beside"]
    server = subprocess.Popen([*command, "serve", str(file)], stdout=subprocess.PIPE, text=True)
    found: dict[str, dict[str, float]] = {}
    try:
        assert server.stdout is not None
        url = server.stdout.readline().strip()
        for way, tool in (("send", "soapgen"), ("receive", "soapgen"), ("receive", "zeep")):
            told(f"{way} {MEGABYTES} MB beside an envelope: {tool}")
            arguments = [way, tool, str(work), str(wsdl), url, str(file)]
            output = subprocess.run([*command, *arguments], capture_output=True, text=True)
            if output.returncode:
                told(f"left out: {output.stderr.splitlines()[-1]}")
            else:
                found[f"{way}: {tool}"] = json.loads(output.stdout)
    finally:
        server.kill()
        file.unlink()
    return found


def _serve(file: Path) -> None:
    """Answer with ``file`` beside an envelope; what is sent in parts must hold it, too."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            with tempfile.TemporaryFile() as body:
                left = int(self.headers["Content-Length"])
                while left and (piece := self.rfile.read(min(left, _PIECE))):
                    left -= body.write(piece)
                is_good = body.tell() < file.stat().st_size or _holds(body, file)
            size = len(_START) + file.stat().st_size + len(_END)
            self.send_response(200 if is_good else 500)
            self.send_header("Content-Type", _KIND)
            self.send_header("Content-Length", str(size))
            self.end_headers()
            self.wfile.write(_START)
            with open(file, "rb") as stream:
                while sent := stream.read(_PIECE):
                    self.wfile.write(sent)
            self.wfile.write(_END)

        def log_message(self, format: str, *arguments: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        print(f"http://127.0.0.1:{server.server_port}/", flush=True)
        server.serve_forever()


def _holds(body: Any, file: Path) -> bool:
    body.flush()
    with (
        mmap.mmap(body.fileno(), 0, access=mmap.ACCESS_READ) as received,
        open(file, "rb") as stream,
        mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as expected,
    ):
        start = received.find(expected[:64])
        return start >= 0 and received[start : start + len(expected)] == expected[:]


def _sending(url: str, file: Path) -> Callable[[], str]:
    package = importlib.import_module("bench_files")
    client = package.FilesClient(url).with_options(
        mtom=True, files_above=10**6, largest_answer=10**9, timeout=600
    )

    def send() -> str:
        with open(file, "rb") as content:
            document = package.Document(name="a", content=package.from_file(content))
            return _received(package, client.store(document))

    return send


def _receiving(url: str) -> Callable[[], str]:
    package = importlib.import_module("bench_files")
    client = package.FilesClient(url).with_options(
        files_above=10**6, largest_answer=10**9, timeout=600
    )
    return lambda: _received(package, client.store(package.Document(name="a", content=b"")))


def _received(package: Any, document: Any) -> str:
    with package.as_file(document.content) as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _receiving_by_zeep(wsdl: str, url: str) -> Callable[[], str]:
    import zeep

    client = zeep.Client(wsdl)
    service = client.create_service(f"{{{_NAMESPACE}}}FilesBinding", url)

    def receive() -> str:
        answer = service.Store(document={"name": "a", "content": b""})
        document = getattr(answer, "document", answer)
        return hashlib.sha256(document.content).hexdigest()

    return receive


def main(way: str, tool: str, folder: str, wsdl: str, url: str, path: str) -> None:
    """Take one measure: the most memory beyond what was held before, and processor time."""
    sys.path.insert(0, folder)
    file = Path(path)
    if tool == "zeep":
        act = _receiving_by_zeep(wsdl, url)
    else:
        act = _sending(url, file) if way == "send" else _receiving(url)
    before = status("VmRSS")
    started, clock = time.process_time(), time.perf_counter()
    found = act()
    seconds, most = time.process_time() - started, status("VmHWM")
    with open(file, "rb") as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() != found:
            raise ValueError("other bytes than were sent")
    took = time.perf_counter() - clock
    print(json.dumps({"seconds": seconds, "clock": took, "most": (most - before) / 1e6}))


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        _serve(Path(sys.argv[2]))
    else:
        main(*sys.argv[1:])
