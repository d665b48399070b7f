"""Relay, consumer, and the clock that sends: `python -m services.notifications.entrypoints.worker`."""

from functools import partial

from services.notifications import bootstrap
from services.notifications.contracts.catalogue import TOPICS as PUBLISHED
from services.notifications.entrypoints.events import HANDLERS, KEEP, TOPICS
from services.notifications.settings import Settings, from_environment
from shared.runtime import logging, process
from shared.runtime.engines import open_backbone, open_log
from shared.runtime.worker import Worker


def open_worker(settings: Settings) -> Worker:
    log = open_log(settings.events_url)
    log.create_topics(PUBLISHED)
    backbone = open_backbone("notifications", settings.store_url, log)
    notifications = bootstrap.build(settings, backbone)
    handlers = {kind: partial(handler, notifications) for kind, handler in HANDLERS.items()}
    keep = {topic: partial(one, notifications) for topic, one in KEEP.items()}
    return Worker(backbone, handlers, TOPICS, bootstrap.ticking(notifications), keep)


def main() -> None:
    logging.configure()
    settings = from_environment()
    process.run(open_worker(settings), settings.probe_port)


if __name__ == "__main__":
    main()
