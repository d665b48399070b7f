"""Whether the process lives: asks nobody else."""

from flask import Flask


def join(app: Flask) -> None:
    app.add_url_rule("/livez", "livez", lambda: {"status": "ok"})
    app.add_url_rule("/readyz", "readyz", lambda: {"status": "ok"})
