"""The worker of notes as a process of its own: `python -m tests.bench.notes_worker`."""

import os

from shared.messaging.clock_loop import Ticking
from shared.runtime import logging, process
from shared.runtime.engines import open_backbone, open_log
from shared.runtime.worker import Worker
from tests.bench.notes import NOTES, Note


def open_worker() -> Worker:
    log = open_log(os.environ["EVENTS_URL"])
    log.create_topics([NOTES])
    backbone = open_backbone("notes", os.environ["STORE_URL"], log)
    return Worker(backbone, {}, (), [Ticking(backbone.repository(Note, "notes"))])


if __name__ == "__main__":
    logging.configure()
    process.run(open_worker(), int(os.environ["PROBE_PORT"]), "127.0.0.1")
