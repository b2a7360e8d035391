"""A tree of TOML files, unpacked or as a tar archive: tables with the place of their keys, links followed inside."""

from __future__ import annotations

import posixpath
import re
import tarfile
import tomllib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..graph.problems import Problem
from .input_file import check_regular, read_input
from .table import decode, read_text

#: Most bytes of one file; a longer one is no description of a model.
MOST_BYTES = 1_000_000
_AT = re.compile(r" \(at line (\d+), column (\d+)\)$")


@dataclass(frozen=True)
class Toml:
    """One file: its values, and its text for the place of a key."""

    file: str
    values: dict[str, Any]
    text: str

    def problem(self, key: str, code: str, message: str, hint: str = "") -> Problem:
        """A problem at a key, or at the first line where the file has no such key."""
        leaf = re.escape(key.split(".")[-1])
        found = re.search(rf"^[ \t]*(?:\[+[^\]\n]*)?[\"']?(?={leaf}\b)", self.text, re.MULTILINE)
        line = self.text.count("\n", 0, found.end()) + 1 if found else 1
        column = found.end() - self.text.rfind("\n", 0, found.end()) if found else 1
        return Problem(self.file, line, column, code, message, hint)

    def unfit(self, known: frozenset[str], kinds: Mapping[str, type]) -> list[Problem]:
        """A problem for each key that is not known (`table.key` inside a table), and for each value of another kind."""
        opened = {key.split(".")[0] for key in known if "." in key}
        keys = list(self.values)
        keys += [f"{k}.{inner}" for k in opened if isinstance(self.values.get(k), dict) for inner in self.values[k]]
        hint = "the data set changed its form; a newer version of the loader may know it"
        found = [self.problem(k, "UNKNOWN-FIELD", f"unknown key '{k}'", hint) for k in keys if k not in known]
        for key, kind in kinds.items():
            if key in self.values and not isinstance(self.values[key], kind):
                what = "text" if kind is str else "a table" if kind is dict else kind.__name__
                found.append(self.problem(key, "TYPE", f"'{key}' must be {what}", hint))
        return found


@dataclass
class Tree:
    """All TOML files by path from the root, the links that lead nowhere, and what is wrong."""

    files: dict[str, Toml] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)  # path -> where the link leads
    problems: list[Problem] = field(default_factory=list)


def read_tree(path: Path, folders: tuple[str, ...]) -> Tree:
    """Read every `*.toml` below the named folders of a root folder or tar archive.

    Problems are collected, never raised. A link is followed where it leads to another file of the tree.
    """
    found = Tree()
    contents: dict[str, bytes] = {}
    links: dict[str, str] = {}
    if path.is_dir():
        _walk(path, contents, links)
    else:
        found.problems += _unpack(path, contents, links)
        if found.problems:
            return found
    inside = re.compile(rf"(?:^|/)((?:{'|'.join(folders)})/.+\.toml)$")
    contents = {match[1]: data for name, data in sorted(contents.items()) if (match := inside.search(name))}
    for name, target in sorted(links.items()):
        end, steps = posixpath.normpath(posixpath.join(posixpath.dirname(name), target)), 0
        while end in links and steps < 8:
            end, steps = posixpath.normpath(posixpath.join(posixpath.dirname(end), links[end])), steps + 1
        here, there = inside.search(name), inside.search(end)
        if here and there and there[1] in contents:
            contents[here[1]] = contents[there[1]]
        elif here:
            found.broken[here[1]] = target
    if not contents:
        hint = f"name the folder that holds {', '.join(folders)}, or the archive of it"
        found.problems.append(Problem(path.name, 0, 0, "EMPTY", "there are no TOML files of this form", hint))
    for name, data in contents.items():
        _read_one(found, name, data)
    return found


def _read_one(found: Tree, name: str, data: bytes) -> None:
    text, _, problem = decode(data, name, "a TOML file")
    if problem is None:
        text = text.replace("\r\n", "\n")
        try:
            found.files[name] = Toml(name, tomllib.loads(text), text)
            return
        except tomllib.TOMLDecodeError as error:
            at = _AT.search(str(error))
            place = (int(at[1]), int(at[2])) if at else (text.count("\n") + 1, 1)
            message = _AT.sub("", str(error)).removesuffix(" (at end of document)")
            hint = "the file was cut or edited; fetch it again"
            problem = Problem(name, *place, "TOML", message[:1].lower() + message[1:], hint)
    found.problems.append(problem)


def _walk(root: Path, contents: dict[str, bytes], links: dict[str, str]) -> None:
    # The folder's own name counts, so that the folder `providers` itself may be given.
    for file in sorted(root.rglob("*.toml")):
        name = f"{root.resolve().name}/{file.relative_to(root).as_posix()}"
        if file.is_symlink():
            links[name] = file.readlink().as_posix()
        elif file.is_file():
            contents[name] = read_input(file)


def _unpack(path: Path, contents: dict[str, bytes], links: dict[str, str]) -> list[Problem]:
    """Contents of an archive, in memory alone: nothing is written to the disk."""
    hint = "name the tar.gz as fetched, or the unpacked folder"
    try:
        check_regular(path)
        with tarfile.open(path) as archive:
            for member in archive:
                name = posixpath.normpath(member.name)
                if member.issym() or member.islnk():
                    links[name] = member.linkname
                elif member.isfile() and name.endswith(".toml") and member.size <= MOST_BYTES:
                    file = archive.extractfile(member)
                    contents[name] = file.read() if file else b""
    except (tarfile.ReadError, EOFError, zlib.error) as error:
        if contents:
            return [Problem(path.name, 0, 0, "CUT", f"the archive breaks off after {len(contents)} files", hint)]
        problem = read_text(path, "a tar.gz, or a folder")[2]  # an empty file or a saved web page says so itself
        if problem is None or problem.code not in ("EMPTY", "HTML"):
            problem = Problem(path.name, 0, 0, "ARCHIVE", f"the file is no tar archive: {error}"[:120], hint)
        return [problem]
    except OSError as error:
        return [Problem(path.name, 0, 0, "FILE", f"the file can't be read: {error.strerror or error}", hint)]
    return []
