"""The log file: where the details of what went wrong go, so that screens need not show them."""

import logging
from pathlib import Path

SUBJECT = "queueapp"
LINE = "%(asctime)s %(levelname)s %(process)d %(message)s"


class LogFile(logging.FileHandler):
    """A log file that is made when there is something to write."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, encoding="utf-8", delay=True)
        self.path = Path(self.baseFilename)
        self.is_writable = True
        """Whether the last line could be written."""
        self.setFormatter(logging.Formatter(LINE))

    def emit(self, record: logging.LogRecord) -> None:
        """Write ``record``; a log that cannot be written ends nothing that goes on without it."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            super().emit(record)
            self.is_writable = True
        except OSError:
            self.is_writable = False


def log_to(path: Path) -> None:
    """From now on write what went wrong to ``path``."""
    logger = logging.getLogger(SUBJECT)
    for earlier in _files():
        logger.removeHandler(earlier)
        earlier.close()
    logger.addHandler(LogFile(path))
    logger.propagate = False  # nothing but the screen may write on the screen


def log_failure(error: BaseException) -> Path | None:
    """Write the traceback of ``error``; where it was written, ``None`` when that cannot be."""
    if not _files():
        from queueapp.config.settings import default_log_file  # noqa: PLC0415 - see queueapp.cli

        log_to(default_log_file())
    [file] = _files()
    logging.getLogger(SUBJECT).error("unexpected failure", exc_info=error)
    return file.path if file.is_writable else None


def _files() -> list[LogFile]:
    handlers = logging.getLogger(SUBJECT).handlers
    return [handler for handler in handlers if isinstance(handler, LogFile)]
