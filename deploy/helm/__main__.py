"""`python -m deploy.helm`: brings what the chart has of the catalogue up to date."""

import sys
from pathlib import Path

import yaml

from deploy.helm.grants import kafka_of
from deploy.standalone.house import SERVICES
from shared.catalogue.contracts import load_all

FILE = Path(__file__).parent / "ithaca" / "files" / "kafka.yaml"
HEAD = "# Made by `make contracts` from the catalogue: topics, and who may do what with them.\n"


def text() -> str:
    """What the file should hold."""
    return HEAD + str(yaml.safe_dump(kafka_of(load_all(SERVICES)), sort_keys=False, width=120))


def main() -> None:
    """Writes it when it differs."""
    wanted = text()
    if not FILE.exists() or FILE.read_text(encoding="utf-8") != wanted:
        FILE.write_text(wanted, encoding="utf-8")
        sys.stdout.write(f"written {FILE.name}\n")


if __name__ == "__main__":
    main()
