"""People who write notes over HTTP, on connections that stay open."""

import http.client
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

import orjson

from tests.bench.notes import text

CONNECTIONS = 8
Answered = Callable[[http.client.HTTPResponse, bytes], object]


class Load:
    """Numbers its notes, so that none is written twice."""

    def __init__(self, port: int, headers: Mapping[str, str], connections: int = CONNECTIONS) -> None:
        self._headers = {**headers, "Content-Type": "application/json"}
        self._idle = [http.client.HTTPConnection("127.0.0.1", port, timeout=30) for _ in range(connections)]
        self._pool = ThreadPoolExecutor(connections)
        self._next, self._lock = 0, threading.Lock()

    def at_once(self, count: int) -> float:
        """Writes so many as fast as it goes; answers the seconds it took."""
        bodies, began = self._bodies(count), time.perf_counter()
        list(self._pool.map(self._write, bodies))
        return time.perf_counter() - began

    def evenly(self, count: int, a_second: float, answered: Answered) -> None:
        """Writes so many at this rate, whether or not the ones before are answered."""
        bodies, began = self._bodies(count), time.perf_counter()
        waiting = []
        for number, body in enumerate(bodies):
            time.sleep(max(0.0, began + number / a_second - time.perf_counter()))
            waiting.append(self._pool.submit(self._write, body, answered))
        for one in waiting:
            one.result()

    def _bodies(self, count: int) -> list[bytes]:
        first, self._next = self._next, self._next + count
        return [orjson.dumps({"text": text(number)}) for number in range(first, first + count)]

    def _write(self, body: bytes, answered: Answered | None = None) -> None:
        connection = self._idle.pop(0)  # in turn: the server closes one that is idle for half a minute
        connection.request("POST", "/v1/notes", body, self._headers)
        answer = connection.getresponse()
        content = answer.read()
        assert answer.status == 201, f"{answer.status}: {content.decode()}"
        if answered:
            answered(answer, content)
        self._idle.append(connection)

    def close(self) -> None:
        self._pool.shutdown()
        for connection in self._idle:
            connection.close()
