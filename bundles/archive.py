"""A ZIP file of which every byte follows from the files in it, so that no byte can change unseen.

The files are stored as they are, in the order of their names, all with one date. `manifest-sha256.txt` (the form of
BagIt, RFC 8493) has the digest of each; the digest of the manifest is the seal by which a bundle is cited.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from ..graph.errors import ChinaAIError

MANIFEST = "manifest-sha256.txt"
#: Most bytes that are read of a bundle.
MOST = 200_000_000
_FIRST = (1980, 1, 1, 0, 0, 0)  # the first date that the format has


class BundleError(ChinaAIError):
    """A file is no bundle, or one that can't be read."""


def is_bundle(name: str) -> bool:
    """Whether what somebody gives is the name of a bundle, and not an id."""
    return name.lower().endswith(".zip")


def zip_place(target: Path) -> Path:
    """Where a bundle may be written. Raises BundleError for a name by which nobody would know it as one."""
    if str(target) == "-":
        raise BundleError("a bundle can't go to stdout, where the answer goes", "", "give the name of a file")
    if not is_bundle(target.name):
        raise BundleError("a bundle is a ZIP file", str(target), f"name it {target.name or 'answer'}.zip")
    return target


def packed(files: Mapping[str, bytes]) -> bytes:
    """The archive of these files and their manifest."""
    whole = {**files, MANIFEST: manifest(files)}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(whole):
            entry = zipfile.ZipInfo(name, _FIRST)
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # the same on every system
            archive.writestr(entry, whole[name])
    return made.getvalue()


def manifest(files: Mapping[str, bytes]) -> bytes:
    """One line a file: its SHA-256 and its name."""
    lines = [f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)]
    return "".join(lines).encode()


def seal(files: Mapping[str, bytes]) -> str:
    """SHA-256 of the manifest, and so of all that the bundle holds."""
    return hashlib.sha256(manifest(files)).hexdigest()


def unpacked(path: Path) -> tuple[dict[str, bytes], list[str]]:
    """The files of a bundle without the manifest, and what is wrong with it, in words; nothing where it is untouched.

    Raises:
        BundleError: the file can't be read, is no archive, or is larger than 200 MB.
    """
    raw = _read(path)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST:
                raise BundleError(f"the bundle holds more than {MOST // 1_000_000} MB", str(path))
            files, wrong = {}, []
            for entry in archive.infolist():
                try:
                    files[entry.filename] = archive.read(entry)
                except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
                    wrong.append(f"{entry.filename} is damaged: {error}")
                    files[entry.filename] = _stored(raw, entry)
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError, EOFError) as error:
        raise BundleError(f"no archive, or one that was cut or changed: {error}", str(path)) from error
    said = files.pop(MANIFEST, None)
    if said is None:
        return files, [*wrong, f"{MANIFEST} is not there"]
    wrong += _against(files, said)
    if not wrong and packed(files) != raw:
        wrong.append("the archive itself was changed, though not the files in it")
    return files, wrong


def _stored(raw: bytes, entry: zipfile.ZipInfo) -> bytes:
    """The bytes of a stored file, whatever its checksum says."""
    head = raw[entry.header_offset : entry.header_offset + 30]
    start = entry.header_offset + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    return raw[start : start + entry.file_size]


def _against(files: Mapping[str, bytes], said: bytes) -> list[str]:
    pairs = [line.split("  ", 1) for line in said.decode("utf-8", "replace").split("\n") if "  " in line]
    lines = {name: digest for digest, name in pairs}
    wrong = [f"{name} is missing" for name in sorted(lines.keys() - files.keys())]
    wrong += [f"{name} is not in the manifest" for name in sorted(files.keys() - lines.keys())]
    wrong += [
        f"{name} was changed"
        for name in sorted(files.keys() & lines.keys())
        if hashlib.sha256(files[name]).hexdigest() != lines[name]
    ]
    if not wrong and said != manifest(files):
        wrong.append(f"{MANIFEST} was changed")
    return wrong


def _read(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise BundleError("a bundle is a file, and this is a folder", str(path), "name the .zip in it")
        if not path.is_file():
            raise BundleError("there is no such file", str(path))
        if path.stat().st_size > MOST:
            raise BundleError(f"the file is larger than {MOST // 1_000_000} MB", str(path))
        return path.read_bytes()
    except OSError as error:
        raise BundleError(f"the file can't be read: {error.strerror}", str(path)) from error
