"""Relay, consumer and clock of surveys: `python -m services.surveys.entrypoints.worker`."""

from functools import partial

from services.surveys import bootstrap
from services.surveys.contracts.catalogue import TOPICS as PUBLISHED
from services.surveys.entrypoints.events import HANDLERS, KEEP, TOPICS
from services.surveys.settings import Settings, from_environment
from shared.runtime import logging, process
from shared.runtime.engines import open_backbone, open_log
from shared.runtime.worker import Worker


def open_worker(settings: Settings) -> Worker:
    log = open_log(settings.events_url)
    log.create_topics(PUBLISHED)
    backbone = open_backbone("surveys", settings.store_url, log)
    surveys = bootstrap.build(settings, backbone)
    handlers = {kind: partial(handler, surveys) for kind, handler in HANDLERS.items()}
    keep = {topic: partial(one, surveys) for topic, one in KEEP.items()}
    return Worker(backbone, handlers, TOPICS, bootstrap.ticking(surveys), keep)


def main() -> None:
    logging.configure()
    settings = from_environment()
    process.run(open_worker(settings), settings.probe_port)


if __name__ == "__main__":
    main()
