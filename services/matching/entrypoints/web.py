"""Matching over HTTP, for gunicorn: `gunicorn 'services.matching.entrypoints.web:open_app()'`."""

from flask import Flask

from services.matching import bootstrap
from services.matching.entrypoints.http import make_app
from services.matching.settings import from_environment
from shared.runtime import logging
from shared.runtime.engines import open_backbone, open_log


def open_app() -> Flask:
    """Opened by gunicorn after its fork."""
    logging.configure()
    settings = from_environment()
    backbone = open_backbone("matching", settings.store_url, open_log(settings.events_url))
    return make_app(bootstrap.build(settings, backbone), settings, backbone)
