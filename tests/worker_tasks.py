"""What the tests of the worker let it do: run by name in the worker's process."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from bmcrender.errors import CanvasError, Diagnostic
from bmcrender.model import Job


def double(number: int) -> int:
    return 2 * number


def process_id() -> int:
    return os.getpid()


def environment() -> dict[str, str]:
    return dict(os.environ)


def modules() -> list[str]:
    return sorted(sys.modules)


def search_path() -> list[str]:
    return sys.path


def font_names() -> list[str]:
    return sorted(path.name for path in Path(os.environ["FONTCONFIG_FILE"]).with_name("fonts").iterdir())


def noisy() -> str:
    print("on standard output")
    os.write(1, b"past Python")
    os.write(2, b"on standard error")
    return "quiet answer"


def large(size: int) -> bytes:
    return b"x" * size


def wrong_canvas() -> None:
    raise CanvasError([Diagnostic("error", "some-code", "some message", line=3, path=("blocks", 0))])


def broken() -> None:
    raise ZeroDivisionError("a mistake of ours")


def unpicklable() -> object:
    return lambda: None


def slow(seconds: float) -> None:
    time.sleep(seconds)


def deaf(seconds: float) -> None:
    """Swallows whatever is raised, as WeasyPrint does while it draws SVG."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            time.sleep(0.05)
        except BaseException:  # noqa: BLE001
            pass


def busy() -> None:
    while True:
        pass


def greedy(size: int) -> int:
    return len(bytearray(size))


def unmapped() -> None:
    raise ImportError("libpango.so: failed to map segment from shared object")


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def leave() -> None:
    os._exit(3)


def scribble(name: str) -> str:
    """Leaves a file among the temporary ones."""
    import tempfile

    path = Path(tempfile.gettempdir(), name)
    path.write_text("left behind")
    return str(path)


def drawn_bomb() -> None:
    """Draws an SVG that takes minutes and swallows interruptions."""
    import weasyprint

    stops = "".join(f'<stop offset="{n / 100}" stop-color="red"/>' for n in range(2))
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><linearGradient id="g" x1="0" '
        f'x2="0.0000001" spreadMethod="repeat">{stops}</linearGradient>'
        '<rect width="100" height="100" fill="url(#g)"/></svg>'
    )
    weasyprint.HTML(string=svg).write_pdf()


def process_of_job(_: Job) -> int:
    return os.getpid()


def job_that_waits(_: Job) -> None:
    time.sleep(60)


def job_that_ends_its_process(_: Job) -> None:
    os._exit(3)
