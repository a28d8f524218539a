"""Standard output and error: written so that a closed pipe or a full disk ends in one clear line."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TextIO

from bmcrender.errors import MachineError


def put_name(path: str | Path) -> None:
    """Write the name of a file that was made to standard output, if there is one: the file is what counts."""
    if sys.stdout is not None:
        put(str(path))


def put(line: str) -> None:
    """Write a line to standard output; its reader may have gone, but it must have been there."""
    if sys.stdout is None:
        raise _closed()
    try:
        print(line, flush=True)
    except BrokenPipeError:
        _silence(sys.stdout)
    except OSError as error:
        _silence(sys.stdout)
        raise _no_output(error) from None


def put_bytes(data: bytes) -> None:
    """Write data to standard output."""
    if sys.stdout is None:
        raise _closed()
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        _silence(sys.stdout)
        raise _no_output(error) from None


def tell(text: str, end: str = "\n") -> None:
    """Write to standard error; if that is impossible there is nobody left to tell."""
    if sys.stderr is None:
        return
    try:
        print(text, end=end, file=sys.stderr, flush=True)
    except OSError:
        _silence(sys.stderr)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person looks at a stream."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def flush(code: int) -> int:
    """Return the exit code once all is written, 4 when it cannot be."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        _silence(sys.stdout)
    except OSError as error:
        _silence(sys.stdout)
        tell(f"error[cannot-write]: standard output cannot be written: {error.strerror}")
        code = code or MachineError.exit_code
    return code


def _no_output(error: OSError) -> MachineError:
    why = "the reader has gone" if isinstance(error, BrokenPipeError) else error.strerror or str(error)
    return MachineError.of("cannot-write", f"standard output cannot be written: {why}")


def _closed() -> MachineError:
    return MachineError.of(
        "cannot-write", "standard output is closed", "send it to a file with >, or on with |"
    )


def _silence(stream: TextIO) -> None:
    """Send what is still in a stream's buffer nowhere, or Python would complain at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
