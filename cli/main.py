"""Entry of the command: streams, Ctrl-C, the engine's start, and errors in words, tracebacks only with --debug.

Light to import: the engine of a question starts before typer, rich and the driver are imported.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from types import FrameType

from ..graph.engine.embedded import start_ahead
from ..graph.errors import ChinaAIError
from ..graph.heap import collected_rarely
from ..graph.home import home_folder

_INTERRUPTED = "interrupted; the next run goes on from here"
#: Commands that begin by opening the graph.
_OPENING = frozenset(
    {"ask", "paths", "partners", "compare", "influence", "communities", "evidence-path", "cypher", "status", "view"}
)


def main() -> None:
    """Entry point of the command."""
    _prepare_streams()
    words, debug = _words(sys.argv[1:])
    ctrl_c = _CtrlC()
    try:
        with collected_rarely():  # the imports within it: looking for garbage among modules is an eighth of their time
            _start_engine(words)
            _import_driver()
            _run(words)
    except SystemExit as leaving:
        if leaving.code == 130:  # typer has turned Ctrl-C into this already, without a word
            _note(_INTERRUPTED)
        raise
    except Exception as error:
        if ctrl_c.pressed:
            _note(_INTERRUPTED)
            sys.exit(130)
        if debug:
            raise
        _tell(error)
        sys.exit(1)
    finally:
        gc.freeze()  # Python would look through all that stands once more before it ends: a tenth of a question's time


def in_words(work: Callable[[], None]) -> None:
    """Do the work of `python -m chinaai.cli.NAME`; what goes wrong is told as the command does, with exit status 1."""
    _prepare_streams()
    try:
        work()
    except (ChinaAIError, OSError) as error:
        _tell(error)
        sys.exit(1)


def _start_engine(words: list[str]) -> None:
    """Begin to start the embedded engine where the command will ask it: that takes as long as the imports."""
    opens = words[:1] and words[0] in _OPENING and (words[0] != "ask" or (words[1:2] and not words[1].startswith("-")))
    if not opens or "--help" in words or os.environ.get("NEO4J_URI"):
        return
    given = [after for word, after in pairwise(words) if word == "--home"]
    given += [word.removeprefix("--home=") for word in words if word.startswith("--home=")]
    with contextlib.suppress(ChinaAIError, OSError, RuntimeError):  # opening it tells
        start_ahead(home_folder(given[-1] if given else None))


def _import_driver() -> None:
    """Import the driver as where these are not installed: it imports them for kinds of values that no command has.

    With them, that is half of the time and of the memory of a question.
    """
    hidden = {name for name in ("numpy", "pandas", "pyarrow") if name not in sys.modules}
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        import neo4j  # noqa: F401

        # Its retries are told as one error, not as warnings.
        logging.getLogger("neo4j").addHandler(logging.NullHandler())
    finally:
        for name in hidden:
            del sys.modules[name]


def _prepare_streams() -> None:
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller, as by `>&-`
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 (for the whole run)
        stream = getattr(sys, name)
        if hasattr(stream, "reconfigure"):
            # A terminal keeps an encoding that has 中文, as GB18030; a legacy code page and a pipe get UTF-8.
            kept = stream.isatty() and speaks_chinese(stream.encoding)
            stream.reconfigure(encoding=stream.encoding if kept else "utf-8", errors="replace")


def speaks_chinese(encoding: str | None) -> bool:
    """Whether an encoding has simplified and traditional characters, and the signs that tables use."""
    try:
        "中文漢語·↳…".encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _run(words: list[str]) -> None:
    """Run the command and send off what it said, while somebody can still catch what goes wrong with that."""
    try:
        from .app import application

        application(words)(words, prog_name="chinaai")
    finally:
        try:
            sys.stdout.flush()
        except BrokenPipeError:  # a reader that has seen enough, such as `head`, is no fault
            _give_up_stdout()
            sys.exit(1)
        except OSError as error:
            _give_up_stdout()
            raise ChinaAIError(f"the output can't be written: {error.strerror or error}", "standard output") from error


def _give_up_stdout() -> None:
    """Let what is left in the buffer go nowhere: Python would try once more at its end, and complain."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


class _CtrlC:
    """Remembers Ctrl-C: it may hit the driver while it tidies up, which then fails in a way of its own."""

    def __init__(self) -> None:
        self.pressed = False
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, self._press)

    def _press(self, number: int, frame: FrameType | None) -> None:
        self.pressed = True
        signal.default_int_handler(number, frame)


def _words(arguments: Sequence[str]) -> tuple[list[str], bool]:
    """The arguments, and whether --debug was among them. What the locale can't read is read as UTF-8."""
    words = [word if _readable(word) else os.fsencode(word).decode("utf-8", errors="replace") for word in arguments]
    end = words.index("--") if "--" in words else len(words)
    kept = [word for i, word in enumerate(words) if i >= end or word != "--debug"]
    return kept, len(kept) < len(words)


def _readable(word: str) -> bool:
    """False where Python kept bytes that the locale's encoding does not have."""
    return not any("\udc80" <= sign <= "\udcff" for sign in word)


def _note(text: str) -> None:
    from .output import note

    note(text)


def _tell(error: Exception) -> None:
    if isinstance(error, ChinaAIError):
        for problem in getattr(error, "problems", ()):
            _note(str(problem))
        _note(f"chinaai: {error}")
    elif isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""
        _note(f"chinaai: {error.strerror or error}{where}; check the path and its permissions")
    else:
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        _note(f"chinaai: unexpected {what}; run it again with --debug to see where")
