"""The portal for gunicorn: `gunicorn services.portal.entrypoints.web:app`, services at their URLs."""

from services.portal import bootstrap
from services.portal.entrypoints.http import make_app
from services.portal.settings import from_environment

settings = from_environment()
app = make_app(bootstrap.build(settings), settings)
