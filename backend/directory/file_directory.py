"""A directory from an exported file: the embedded default, and what the demonstration uses."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from threading import Lock
from time import monotonic

import structlog

from backend.directory.export_rows import read_rows
from backend.directory.loaded_directory import LoadedDirectory
from backend.directory.mail_address import ascii_domain
from backend.domain.directory import DirectoryAnswer, DirectoryEntry
from backend.domain.errors import WrongSettings
from backend.domain.person import Person

_SECONDS_BETWEEN_CHECKS = 30
_LOG = structlog.get_logger("backend.directory")


class FileDirectory:
    """Answers from an export (CSV or JSON), and reads it anew when the file has changed: seen within half a minute.

    A changed file that cannot be used leaves what was read before in place. Raises WrongSettings
    (`directory_unreadable`, `directory_invalid`) when the first reading fails. Threads may share it.
    """

    def __init__(self, path: Path, domains: Iterable[str] = (), *, clock: Callable[[], float] = monotonic) -> None:
        self._path = path
        self._given_domains = frozenset(map(ascii_domain, domains))
        self._clock = clock
        self._reading = Lock()
        # Taken before the file is read: what changes while it is read is seen at the next check.
        self._version = self._seen_version()
        self._checked = clock()
        self._loaded = self._load()

    @property
    def domains(self) -> frozenset[str]:
        """The domains given, else those of the file's people."""
        return self._loaded.domains

    def look_up(self, caller: Person, keys: Sequence[str]) -> DirectoryAnswer:  # noqa: ARG002 - a file asks nobody
        """What the file says of each key. Only a thread that finds a changed file waits, for it to be read."""
        self._reload_if_changed()
        return self._loaded.answer(keys)

    def known_entries(self) -> Sequence[DirectoryEntry]:
        """All entries, in the file's order."""
        return self._loaded.entries

    def _reload_if_changed(self) -> None:
        if self._clock() - self._checked < _SECONDS_BETWEEN_CHECKS or not self._reading.acquire(blocking=False):
            return
        try:
            self._checked = self._clock()
            version = self._seen_version()
            if version != self._version:
                # A file that cannot be used is not tried again until it changes.
                self._version = version
                self._loaded = self._load()
        except WrongSettings as error:
            _LOG.warning("directory_not_reloaded", code=error.code, detail=error.detail)
        finally:
            self._reading.release()

    def _seen_version(self) -> tuple[int, ...]:
        try:
            seen = self._path.stat()
        except OSError:
            return ()
        return seen.st_mtime_ns, seen.st_size, seen.st_ino

    def _load(self) -> LoadedDirectory:
        return LoadedDirectory(read_rows(self._path), self._given_domains)
