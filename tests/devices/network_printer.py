"""A ticket printer on the loopback network, which may be out of paper, slow, silent or die."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from PIL import Image

from tests.devices.escpos_reader import Ask, Command, EscposReader, Paper, Raster

HEAD = 576
ONLINE, OFFLINE = 0x12, 0x1A
WELL, COVER_OPEN, PAPER_ENDED = 0x12, 0x16, 0x32
PLENTY, NEARLY_ENDED, NO_PAPER = 0x12, 0x1E, 0x7E
PRINTED = b"\0"


class NetworkPrinter:
    """Listens at ``port``; a test sets how it is."""

    def __init__(self) -> None:
        self.paper = Paper(HEAD)
        self.cover_is_open = False
        self.paper_is_out = False
        self.paper_is_low = False
        self.slows_down_at_first_row = False
        """It stops in the middle of a ticket until :attr:`pace` is set again."""
        self.is_silent = False
        """It takes everything and says nothing."""
        self.pace = threading.Event()
        """While it is not set, a slow printer answers nothing and prints nothing."""
        self.pace.set()
        self.dies_after_rows: int | None = None
        """It hangs up in the middle of a ticket, once, and forgets what it has not printed."""
        self.runs_out_after_rows: int | None = None
        """The roll ends in the middle of a ticket, once."""
        self.was_asked = threading.Event()
        self.hung_up = threading.Event()
        self.started_printing = threading.Event()
        self.port = 0
        self._rows = 0
        self._server: socket.socket | None = None
        self._open: list[socket.socket] = []

    @property
    def tray(self) -> list[Image.Image]:
        """Whole tickets, cut off."""
        return self.paper.tray

    # -- the cable -------------------------------------------------------------------------------

    def plug_in(self) -> None:
        """Listen, at the same port as before."""
        self._server = socket.socket()
        self._server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._server.bind(("127.0.0.1", self.port))
        self._server.listen()
        self.port = self._server.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._server,), daemon=True).start()

    def unplug(self) -> None:
        """Be gone, with every connection."""
        self.pace.set()
        if self._server is not None:
            with suppress(OSError):  # nobody may be waiting at it
                self._server.shutdown(socket.SHUT_RDWR)
            self._server.close()
            self._server = None
        for connection in self._open:
            self._hang_up(connection)
        self._open.clear()

    def _hang_up(self, connection: socket.socket) -> None:
        with suppress(OSError):  # the other side may have been quicker
            connection.shutdown(socket.SHUT_RDWR)
        connection.close()

    def _accept(self, server: socket.socket) -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            self._open.append(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        reader = EscposReader()
        with suppress(OSError):  # unplugged
            while received := connection.recv(65536):
                for command in reader.feed(received):
                    self.pace.wait()
                    if not self._obey(connection, command):
                        self._hang_up(connection)
                        self.hung_up.set()
                        return

    # -- what it does ----------------------------------------------------------------------------

    def _obey(self, connection: socket.socket, command: Command) -> bool:
        """Carry ``command`` out; false when the printer dies over it."""
        match command:
            case Ask(what):
                self.was_asked.set()
                answer = self._answer(what)
                if answer:
                    connection.sendall(answer)
            case Raster(_, rows, _):
                self._slow_down()
                self._rows += rows
                if self._is_reached("dies_after_rows"):
                    return False
                if self._is_reached("runs_out_after_rows"):
                    self.paper_is_out = True
                if not self._is_stopped:
                    self.paper.do(command)
            case _:
                if not self._is_stopped:
                    self.paper.do(command)
        return True

    def _slow_down(self) -> None:
        if self.slows_down_at_first_row:
            self.slows_down_at_first_row = False
            self.pace.clear()
            self.started_printing.set()
            self.pace.wait()

    def _is_reached(self, limit: str) -> bool:
        rows: int | None = getattr(self, limit)
        if rows is None or self._rows < rows:
            return False
        setattr(self, limit, None)
        self._rows = 0
        return True

    @property
    def _is_stopped(self) -> bool:
        return self.cover_is_open or self.paper_is_out

    def _answer(self, question: str) -> bytes:
        if self.is_silent or (question == "printed" and self._is_stopped):
            return b""
        if question == "printed":
            return PRINTED
        return bytes([self._states()[question]])

    def _states(self) -> dict[str, int]:
        """What each question is answered with now."""
        why, paper = WELL, NEARLY_ENDED if self.paper_is_low else PLENTY
        if self.paper_is_out:
            why, paper = PAPER_ENDED, NO_PAPER
        if self.cover_is_open:
            why = COVER_OPEN
        return {"eot 1": OFFLINE if self._is_stopped else ONLINE, "eot 2": why, "eot 4": paper}


@contextmanager
def network_printer() -> Iterator[NetworkPrinter]:
    """A printer that is plugged in, until the test is over."""
    printer = NetworkPrinter()
    printer.plug_in()
    try:
        yield printer
    finally:
        printer.unplug()
