"""A cluster in one URL."""

from pathlib import Path

import pytest

from shared.kafka.urls import read


def test_a_plain_cluster() -> None:
    clients = read("kafka://a:9092,b:9093")

    assert (clients.bootstrap, clients.heartbeat, clients.security.protocol) == ("a:9092,b:9093", 1.0, "PLAINTEXT")


def test_a_secured_cluster() -> None:
    clients = read("kafka://worker:p%40ss%3A@a:9093?protocol=SASL_SSL&mechanism=SCRAM-SHA-512&ca_file=/ca.pem"
                   "&heartbeat=0.3&patience=5")

    settings = clients.security.settings()
    assert (clients.bootstrap, clients.heartbeat, clients.patience) == ("a:9093", 0.3, 5.0)
    assert (settings["sasl_plain_username"], settings["sasl_plain_password"]) == ("worker", "p@ss:")
    assert (settings["security_protocol"], settings["sasl_mechanism"]) == ("SASL_SSL", "SCRAM-SHA-512")
    assert settings["ssl_cafile"] == "/ca.pem"


def test_a_cluster_that_wants_a_token(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("first\n")
    tokens = read(f"kafka://a:9093?protocol=SASL_SSL&mechanism=OAUTHBEARER&token_file={tmp_path}/token").security.tokens

    assert tokens.token() == "first"
    (tmp_path / "token").write_text("second\n")
    assert tokens.token() == "second"


def test_nothing_prints_the_password() -> None:
    clients = read("kafka://worker:secret@a:9093?protocol=SASL_SSL")

    assert "secret" not in repr(clients)


@pytest.mark.parametrize("url", [
    "kafka:", "kafka://", "kafka://a", "kafka://a:9092,b", "kafka://user:secret@a", "http://a:1", "kafka://a:1?secret",
    "kafka://a:1?protocoll=SSL"])
def test_what_is_no_cluster_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ValueError) as refusal:
        read(url)

    assert "secret@" not in str(refusal.value)
