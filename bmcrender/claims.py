"""Locks on folders in use, so that what killed programs have left in others is recognised and removed."""

from __future__ import annotations

import errno
import os
import time
from contextlib import suppress
from pathlib import Path

_PATIENCE_SECONDS = 1.0
_PAUSE_SECONDS = 0.005
# What file systems answer that cannot bring a folder's names down to the disk.
_UNABLE = (errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES, errno.EISDIR)


class Claim:
    """A lock on a folder that ends with its process, however that ends; without effect where there are none.

    Any number of programs share a folder. Who is alone with it can be sure that nothing in it is in use.
    """

    def __init__(self, folder: Path) -> None:
        self._handle = -1
        with suppress(OSError):
            self._handle = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))

    def alone(self) -> bool:
        """Whether nobody else uses the folder; nobody begins to before `share` or `release`."""
        try:
            return self._locked("LOCK_EX")
        except BlockingIOError:
            return False

    def share(self) -> bool:
        """Use the folder along with others; whether that was granted."""
        end = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < end:
            try:
                return self._locked("LOCK_SH")
            except BlockingIOError:
                time.sleep(_PAUSE_SECONDS)  # somebody is clearing up
        return False

    def _locked(self, how: str) -> bool:
        """Whether the file system has locked the folder; raises BlockingIOError when it is in use."""
        try:
            import fcntl

            fcntl.flock(self._handle, getattr(fcntl, how) | fcntl.LOCK_NB)
        except BlockingIOError:
            raise
        except (ImportError, OSError, ValueError):  # not on Windows, nor on all disks of a network
            return False
        return True

    def flush(self) -> None:
        """Bring the folder's names down to the disk, where the file system can."""
        try:
            if self._handle >= 0:
                os.fsync(self._handle)
        except OSError as error:
            if error.errno not in _UNABLE:
                raise

    def release(self) -> None:
        """End the claim."""
        handle, self._handle = self._handle, -1
        with suppress(OSError):
            os.close(handle)
