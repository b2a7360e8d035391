"""Jars as a server starts with them: unsigned, for Java checks a signature anew each time that a jar is opened.

It adds up every entry of the manifest and keeps no class of a signed jar in its cache, which was a third of a server's
start. What is fetched has been held against its published checksum before.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

#: Files of a signature (specification of signed jars), and where the manifest's first section ends.
_SIGNATURE = re.compile(r"META-INF/[^/]+\.(SF|RSA|DSA|EC)", re.IGNORECASE)
_MANIFEST = "META-INF/MANIFEST.MF"
_SECTION_END = re.compile(rb"\r?\n\r?\n")


def unsign(jar: Path) -> None:
    """Take a jar's signature out; one without stays as it is, as does a file that is no jar.

    Raises:
        OSError: the folder can't be written. The jar is then the old one, as where it is damaged.
        zipfile.BadZipFile: the jar is damaged.
    """
    if not zipfile.is_zipfile(jar):
        return
    with zipfile.ZipFile(jar) as signed:
        if not any(map(_SIGNATURE.fullmatch, signed.namelist())):
            return
        part = jar.with_name(f".{jar.name}.part")
        with zipfile.ZipFile(part, "w") as plain:
            for entry in signed.infolist():
                if _SIGNATURE.fullmatch(entry.filename):
                    continue
                data = signed.read(entry)
                if entry.filename == _MANIFEST:  # its further sections are digests, one an entry
                    data = _SECTION_END.split(data, maxsplit=1)[0] + b"\r\n\r\n"
                plain.writestr(entry, data)
    part.replace(jar)
