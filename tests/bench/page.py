"""The smallest Flask app with a page: `gunicorn tests.bench.page:app`."""

from flask import Flask

app = Flask("page")


@app.get("/")
def page() -> str:
    return "<!doctype html><title>A page</title><p>Hello."
