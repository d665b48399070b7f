"""Surveys over HTTP: `python -m services.surveys.entrypoints.web`."""

from flask import Flask

from services.surveys import bootstrap
from services.surveys.entrypoints.http import make_app
from services.surveys.settings import from_environment
from shared.runtime import logging, web
from shared.runtime.engines import open_backbone, open_log


def open_app() -> Flask:
    """Opened by gunicorn after its fork."""
    logging.configure()
    settings = from_environment()
    backbone = open_backbone("surveys", settings.store_url, open_log(settings.events_url))
    return make_app(bootstrap.build(settings, backbone), settings, backbone)


def main() -> None:
    web.run(open_app, from_environment())


if __name__ == "__main__":
    main()
