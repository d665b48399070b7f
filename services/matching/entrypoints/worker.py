"""Relay, consumer and clock of matching: `python -m services.matching.entrypoints.worker`."""

from functools import partial

from services.matching import bootstrap
from services.matching.contracts.catalogue import TOPICS as PUBLISHED
from services.matching.entrypoints.events import HANDLERS, KEEP, TOPICS
from services.matching.settings import Settings, from_environment
from shared.runtime import logging, process
from shared.runtime.engines import open_backbone, open_log
from shared.runtime.worker import Worker


def open_worker(settings: Settings) -> Worker:
    log = open_log(settings.events_url)
    log.create_topics(PUBLISHED)
    backbone = open_backbone("matching", settings.store_url, log)
    matching = bootstrap.build(settings, backbone)
    handlers = {kind: partial(handler, matching) for kind, handler in HANDLERS.items()}
    keep = {topic: partial(one, matching) for topic, one in KEEP.items()}
    return Worker(backbone, handlers, TOPICS, bootstrap.ticking(matching), keep)


def main() -> None:
    logging.configure()
    settings = from_environment()
    process.run(open_worker(settings), settings.probe_port)


if __name__ == "__main__":
    main()
