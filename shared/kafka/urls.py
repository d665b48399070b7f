"""A cluster and how to speak to it, in one URL."""

from urllib.parse import parse_qs, unquote

from shared.kafka.clients import Clients, KafkaSecurity
from shared.kafka.tokens import FileTokens

_TEXTS = ("protocol", "mechanism", "ca_file", "cert_file", "key_file")
_NUMBERS = ("heartbeat", "patience", "wait")
_KNOWN = (*_TEXTS, "token_file", *_NUMBERS)


def read(url: str) -> Clients:
    """`kafka://[user:password@]host:port[,host:port…][?protocol=SASL_SSL&mechanism=SCRAM-SHA-512&ca_file=…]`, with
    `token_file` for the mechanism OAUTHBEARER, and `heartbeat`, `patience` and `wait` in seconds. Raises ValueError,
    which never holds the password."""
    scheme, _, rest = url.partition("://")
    address, _, query = rest.partition("?")
    credentials, _, places = address.rstrip("/").rpartition("@")
    _require_places(scheme, places)
    settings = {name: values[-1] for name, values in parse_qs(query, strict_parsing=bool(query)).items()}
    if unknown := sorted(set(settings) - set(_KNOWN)):
        raise ValueError(f"an event log's URL has no {', '.join(unknown)}; it has {', '.join(_KNOWN)}")
    security = _security(credentials, settings)
    return Clients(places, security, **{name: float(settings[name]) for name in _NUMBERS if name in settings})


def _security(credentials: str, settings: dict[str, str]) -> KafkaSecurity:
    username, _, password = credentials.partition(":")
    tokens = FileTokens(settings["token_file"]) if "token_file" in settings else None
    return KafkaSecurity(username=unquote(username) or None, password=unquote(password) or None, tokens=tokens,
                         **{name: settings[name] for name in _TEXTS if name in settings})


def _require_places(scheme: str, places: str) -> None:
    wrong = [place for place in places.split(",") if not place.rpartition(":")[2].isdigit()]
    if scheme != "kafka" or wrong:
        raise ValueError("an event log on Kafka is kafka://host:port[,host:port…]")
