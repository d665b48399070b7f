"""A cluster and how to speak to it, in one URL."""

from urllib.parse import parse_qs, unquote

from shared.kafka.clients import Clients, KafkaSecurity

_TEXTS = ("protocol", "mechanism", "ca_file", "cert_file", "key_file")
_NUMBERS = ("heartbeat", "patience")


def read(url: str) -> Clients:
    """`kafka://[user:password@]host:port[,host:port…][?protocol=SASL_SSL&mechanism=SCRAM-SHA-512&ca_file=…]`, with
    `heartbeat` and `patience` in seconds. Raises ValueError, which never holds the password."""
    scheme, _, rest = url.partition("://")
    address, _, query = rest.partition("?")
    credentials, _, places = address.rstrip("/").rpartition("@")
    _require_places(scheme, places)
    settings = {name: values[-1] for name, values in parse_qs(query, strict_parsing=bool(query)).items()}
    if unknown := sorted(set(settings) - {*_TEXTS, *_NUMBERS}):
        raise ValueError(f"an event log's URL has no {', '.join(unknown)}; it has {', '.join((*_TEXTS, *_NUMBERS))}")
    username, _, password = credentials.partition(":")
    security = KafkaSecurity(username=unquote(username) or None, password=unquote(password) or None,
                             **{name: settings[name] for name in _TEXTS if name in settings})
    return Clients(places, security, **{name: float(settings[name]) for name in _NUMBERS if name in settings})


def _require_places(scheme: str, places: str) -> None:
    wrong = [place for place in places.split(",") if not place.rpartition(":")[2].isdigit()]
    if scheme != "kafka" or wrong:
        raise ValueError("an event log on Kafka is kafka://host:port[,host:port…]")
