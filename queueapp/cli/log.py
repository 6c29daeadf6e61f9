"""The log file: where the details of what went wrong go, so that screens need not show them."""

import logging
from pathlib import Path

LINE = "%(asctime)s %(levelname)s %(process)d %(message)s"


def log_to(path: Path) -> None:
    """From now on write what went wrong to ``path``; the file is made when there is something."""
    handler = logging.FileHandler(path, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter(LINE))
    logger = _logger()
    for earlier in logger.handlers[:]:
        logger.removeHandler(earlier)
        earlier.close()
    logger.addHandler(handler)
    logger.propagate = False


def log_file() -> Path:
    """The file that is written to: the one that settings named, else the user's own."""
    if not _logger().handlers:
        from queueapp.config.settings import default_log_file  # noqa: PLC0415 - see queueapp.cli

        log_to(default_log_file())
    [handler] = _logger().handlers
    assert isinstance(handler, logging.FileHandler)
    return Path(handler.baseFilename)


def log_failure(error: BaseException) -> Path | None:
    """Write the traceback of ``error``; where it was written, ``None`` when that cannot be."""
    path = log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _logger().error("unexpected failure", exc_info=error)
    except OSError:
        return None
    return path


def _logger() -> logging.Logger:
    return logging.getLogger("queueapp")
