"""Consumers, repeated sends and certificates for tests against a broker that is killed, paused or guarded."""

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from shared.messaging.envelope import Outgoing
from shared.messaging.log import EventLog


class Sender:
    """Publishes events in the order given and again what was not acknowledged, as a relay does."""

    def __init__(self, log: EventLog, events: Iterator[Outgoing]) -> None:
        self._log, self._events, self._over = log, events, threading.Event()
        self.sent: list[Outgoing] = []
        self.thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        waiting: list[Outgoing] = []
        while waiting or not self._over.is_set():
            if not waiting and not self._over.is_set():
                waiting = [next(self._events) for _ in range(20)]
            done = {event.id for event in self._log.publish(waiting)}
            self.sent += [event for event in waiting if event.id in done]
            waiting = [event for event in waiting if event.id not in done]
            self._over.wait(0.05 if waiting else 0)

    @contextmanager
    def at_work(self) -> Iterator["Sender"]:
        """While inside it sends; at the end it waits until all is acknowledged."""
        self.thread.start()
        try:
            yield self
        finally:
            self._over.set()
            self.thread.join(60)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fails when what is inside takes longer."""
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < seconds


def own_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that signs itself, and with its key in one file, as a broker wants it."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.now(UTC)
    addresses = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    certificate = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
                   .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
                   .not_valid_after(now + timedelta(days=1)).add_extension(addresses, critical=False)
                   .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
                   .sign(key, hashes.SHA256()))
    ca, keystore = folder / "ca.pem", folder / "keystore.pem"
    ca.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    keystore.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                           serialization.NoEncryption()) + ca.read_bytes())
    ssl.create_default_context(cafile=str(ca))
    return ca, keystore
