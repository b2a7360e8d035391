"""The command `chinaai`: errors in words, tracebacks only with --debug."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from .. import __version__
from ..graph.errors import ChinaAIError
from . import load, neo4j_server, output
from .add import add_app
from .ask import ask_app, cypher_command, status_command
from .audit import audit_command
from .bundle import cite_command, verify_command
from .changes import changes_command
from .diff import diff_command
from .export import HELP as EXPORT_HELP
from .export import export_command
from .mcp_server import mcp_command
from .network import communities_command, evidence_path_command, influence_command
from .paths import compare_command, partners_command, paths_command
from .refresh import refresh_command
from .site import site_command
from .view import view_command
from .watch import watch_app

_INTERRUPTED = "interrupted; the next run goes on from here"
app = typer.Typer(
    name="chinaai", no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None,
)  # fmt: skip
app.command("build")(load.build_command)
app.command("check")(load.check_command)
app.command("audit")(audit_command)
app.add_typer(add_app, name="add")
app.command("load")(load.load_command)
app.command("refresh")(refresh_command)
app.add_typer(ask_app, name="ask")
app.add_typer(watch_app, name="watch")
app.add_typer(neo4j_server.app, name="neo4j")
app.command("paths")(paths_command)
app.command("partners")(partners_command)
app.command("compare")(compare_command)
app.command("influence")(influence_command)
app.command("communities")(communities_command)
app.command("evidence-path")(evidence_path_command)
app.command("cite")(cite_command)
app.command("verify")(verify_command)
app.command("diff")(diff_command)
app.command("changes")(changes_command)
app.command("view")(view_command)
app.command("site")(site_command)
app.command("export", help=EXPORT_HELP)(export_command)
app.command("mcp")(mcp_command)
app.command("cypher")(cypher_command)
app.command("status")(status_command)


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks; may stand anywhere.")] = False,
) -> None:
    """A cited, dated knowledge graph of the China AI ecosystem.

    \b
      chinaai build                                  load the facts that ship; a second build writes nothing
      chinaai ask                                    list the questions
      chinaai ask partnerships --company Apple       ask one; names in English, 中文, tickers and ids
      chinaai status --json                          count and hash what stands

    The graph stands in your user data folder; --home or CHINAAI_HOME moves it. With NEO4J_URI set it is a server.
    """
    if version:
        output.out.print(__version__, highlight=False)
        raise typer.Exit


def main() -> None:
    """Entry point of the command."""
    _prepare_streams()
    logging.getLogger("neo4j").addHandler(logging.NullHandler())  # its retries are told as one error, not as warnings
    words, debug = _words(sys.argv[1:])
    ctrl_c = _CtrlC()
    try:
        _run(words)
    except SystemExit as leaving:
        if leaving.code == 130:  # typer has turned Ctrl-C into this already, without a word
            output.note(_INTERRUPTED)
        raise
    except Exception as error:
        if ctrl_c.pressed:
            output.note(_INTERRUPTED)
            sys.exit(130)
        if debug:
            raise
        _tell(error)
        sys.exit(1)


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
        app(words, prog_name="chinaai")
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


def _tell(error: Exception) -> None:
    if isinstance(error, ChinaAIError):
        for problem in getattr(error, "problems", ()):
            output.note(str(problem))
        output.note(f"chinaai: {error}")
    elif isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""
        output.note(f"chinaai: {error.strerror or error}{where}; check the path and its permissions")
    else:
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        output.note(f"chinaai: unexpected {what}; run it again with --debug to see where")
