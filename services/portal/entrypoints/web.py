"""The portal over HTTP, services at their URLs: `python -m services.portal.entrypoints.web`."""

from flask import Flask

from services.portal import bootstrap
from services.portal.entrypoints.http import make_app
from services.portal.settings import from_environment
from shared.runtime import logging, web


def open_app() -> Flask:
    """Opened by gunicorn after its fork."""
    logging.configure()
    settings = from_environment()
    return make_app(bootstrap.build(settings), settings)


def main() -> None:
    web.run(open_app, from_environment())


if __name__ == "__main__":
    main()
