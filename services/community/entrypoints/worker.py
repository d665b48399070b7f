"""Relay, consumer and clock of community: `python -m services.community.entrypoints.worker`."""

from functools import partial

from services.community import bootstrap
from services.community.contracts.catalogue import TOPICS as PUBLISHED
from services.community.entrypoints.events import HANDLERS, KEEP, TOPICS
from services.community.settings import Settings, from_environment
from shared.runtime import logging, process
from shared.runtime.engines import open_backbone, open_log
from shared.runtime.worker import Worker


def open_worker(settings: Settings) -> Worker:
    log = open_log(settings.events_url)
    log.create_topics(PUBLISHED)
    backbone = open_backbone("community", settings.store_url, log)
    community = bootstrap.build(settings, backbone)
    handlers = {kind: partial(handler, community) for kind, handler in HANDLERS.items()}
    keep = {topic: partial(one, community) for topic, one in KEEP.items()}
    return Worker(backbone, handlers, TOPICS, bootstrap.ticking(community), keep)


def main() -> None:
    logging.configure()
    settings = from_environment()
    process.run(open_worker(settings), settings.probe_port)


if __name__ == "__main__":
    main()
