"""Ctrl-C and its like end a run at any moment: soon, with its exit code, and nothing is left behind."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOON_SECONDS = 2.0
# Before the program has set itself up, Python answers alone: at once, and with a status of its own.
SET_UP_SECONDS = 0.35
PYTHONS_OWN = 1
OLDER = b"older"
BLOCKS = (
    "customer_segments value_propositions channels customer_relationships revenue_streams "
    "key_resources key_activities key_partners cost_structure"
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


@dataclass(frozen=True)
class Place:
    """Where runs are tried: their working directory, and the folder of their temporary files."""

    here: Path
    temporary: Path

    def start(self, *words: str, ignored: tuple[int, ...] = ()) -> subprocess.Popen[bytes]:
        """Start a run in a process group of its own, as a shell does."""
        return subprocess.Popen(
            [sys.executable, "-m", "bmcrender", *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.here,
            env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(self.temporary)},
            start_new_session=True,
            # A test run in the background may have been told to ignore Ctrl-C, and would hand that on.
            preexec_fn=partial(_heeding, ignored),  # noqa: PLW1509
        )

    def reset(self) -> None:
        """Put an older output in the place of each."""
        for name in self.outputs():
            (self.here / name).write_bytes(OLDER)

    def outputs(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.here.iterdir() if path.suffix != ".yaml"}

    def processes(self) -> list[int]:
        """Return the processes that use the folder for temporary files: a run and its workers."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    if bytes(self.temporary) in (entry / "environ").read_bytes():
                        found.append(int(entry.name))
                except OSError:
                    continue
        return found


def _heeding(ignored: tuple[int, ...]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN if number in ignored else signal.SIG_DFL)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Three canvases, one of which takes seconds."""
    made = Place(tmp_path_factory.mktemp("here"), tmp_path_factory.mktemp("temporary"))
    item = '    - "{n} پیک‌های شهری که **هر روز** می‌چرخند and carry bread to and fro"\n'
    items = "".join(item.format(n=number) for number in range(15))
    blocks = "".join(f"  {block}:\n{items}" for block in BLOCKS.split())
    (made.here / "slow.yaml").write_text(f"title: Slow\nlanguage: fa\nblocks:\n{blocks}", encoding="utf-8")
    for name in ("fast", "more"):
        (made.here / f"{name}.yaml").write_text(f"title: {name}\n", encoding="utf-8")
    yield made
    assert list(made.temporary.iterdir()) == []


RUNS = {
    "batch": ("fast.yaml", "slow.yaml", "more.yaml", "-j", "2", "--pdf", "--png", "--width", "300", "-q"),
    "render": ("fast.yaml", "slow.yaml", "--pdf", "--png", "--width", "300", "-q"),
    "one": ("slow.yaml", "--pdf", "-q"),
    "check": ("check", "-q", "slow.yaml", "fast.yaml"),
}


@pytest.fixture(scope="module")
def finished(place: Place) -> dict[str, tuple[float, dict[str, bytes]]]:
    """How long each run takes, and which outputs it leaves."""
    found = {}
    for name, words in RUNS.items():
        place.reset()
        start = time.monotonic()
        with place.start(*words) as running:
            assert running.wait(timeout=120) == 0
        found[name] = time.monotonic() - start, place.outputs()
    found["check"] = found["check"][0], dict.fromkeys(found["render"][1], OLDER)
    return found


Strike = Callable[[subprocess.Popen[bytes]], None]


def struck(place: Place, words: tuple[str, ...], after: float, number: int, strike: Strike) -> int:
    """Strike a run after some seconds; return its exit code, and fail unless it ended in order."""
    with place.start(*words) as running:
        try:
            time.sleep(after)
            start = time.monotonic()
            strike(running)
            _, err = running.communicate(timeout=20)
            taken = time.monotonic() - start
        finally:
            running.kill()
    assert taken < SOON_SECONDS
    assert place.processes() == []
    assert list(place.temporary.iterdir()) == []
    if after < SET_UP_SECONDS and running.returncode in (-number, PYTHONS_OWN):
        return 128 + number
    assert (running.returncode, err) in ((128 + number, b""), (0, b""))
    return running.returncode


def once(number: int, running: subprocess.Popen[bytes]) -> None:
    running.send_signal(number)


def group(number: int, running: subprocess.Popen[bytes]) -> None:
    """As a terminal does."""
    os.killpg(running.pid, number)


def twice(number: int, running: subprocess.Popen[bytes]) -> None:
    running.send_signal(number)
    time.sleep(0.02)
    running.send_signal(number)
    running.send_signal(signal.SIGTERM)


@pytest.mark.parametrize("moments", [12, pytest.param(400, marks=pytest.mark.matrix)])
def test_a_signal_at_any_moment_ends_a_run_in_order(
    place: Place, finished: dict[str, tuple[float, dict[str, bytes]]], moments: int
) -> None:
    seed = int(os.environ.get("BMCRENDER_SEED", random.SystemRandom().randrange(10**6)))
    print(f"BMCRENDER_SEED={seed}")
    chance, met = random.Random(seed), 0
    for moment in range(moments):
        name = chance.choice(("batch", "render", "one", "one", "check"))
        seconds, outputs = finished[name]
        number = chance.choice((signal.SIGINT, signal.SIGINT, signal.SIGTERM, signal.SIGHUP))
        strike, after = chance.choice((once, group, twice)), chance.uniform(0, seconds)
        print(f"{moment}: {name}, {signal.Signals(number).name} {strike.__name__} after {after:.3f} s")
        place.reset()
        code = struck(place, RUNS[name], after, number, partial(strike, number))
        met += code != 0
        found = place.outputs()
        assert set(found) == set(outputs)
        assert code or found == outputs  # it had finished already
        for canvas in ("fast", "slow", "more"):  # the outputs of a canvas are all older or all new
            own = [file for file in found if file.startswith(canvas)]
            contents = [found[file] for file in own]
            assert set(contents) == {OLDER} or contents == [outputs[file] for file in own]
    assert met > moments // 3


@pytest.mark.matrix
def test_a_signal_at_any_moment_ends_watching_in_order(
    place: Place, finished: dict[str, tuple[float, dict[str, bytes]]]
) -> None:
    seed = int(os.environ.get("BMCRENDER_SEED", random.SystemRandom().randrange(10**6)))
    print(f"BMCRENDER_SEED={seed}")
    chance = random.Random(seed)
    new = {name: data for name, data in finished["batch"][1].items() if name == "fast.pdf"}
    for _ in range(40):
        number = chance.choice((signal.SIGINT, signal.SIGTERM, signal.SIGHUP))
        strike, after = chance.choice((once, group, twice)), chance.uniform(0, 3)
        print(f"{signal.Signals(number).name} {strike.__name__} after {after:.3f} s")
        place.reset()
        words = "fast.yaml", "-w", "--pdf", "-q"
        assert struck(place, words, after, number, partial(strike, number)) == 128 + number
        assert place.outputs()["fast.pdf"] in (OLDER, new["fast.pdf"])


def test_a_run_that_was_told_to_ignore_a_signal_ignores_it(
    place: Place, finished: dict[str, tuple[float, dict[str, bytes]]]
) -> None:
    place.reset()
    with place.start(*RUNS["render"], ignored=(signal.SIGHUP, signal.SIGINT)) as running:
        time.sleep(finished["render"][0] / 2)
        running.send_signal(signal.SIGHUP)
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=60) == 0
    assert place.outputs() == finished["render"][1]


def test_a_signal_where_python_drops_exceptions_is_heeded_all_the_same() -> None:
    dropping = """
import signal, time, weakref
from bmcrender import cli

class Thing:
    pass

def run(_):
    thing = Thing()
    kept = weakref.ref(thing, lambda _: signal.raise_signal(signal.SIGTERM))
    del thing
    for _ in range(100):
        time.sleep(0.01)
    return 0

cli._run = run
cli.main([])
"""
    found = subprocess.run([sys.executable, "-c", dropping], capture_output=True, cwd=ROOT, timeout=20)
    assert (found.returncode, found.stdout, found.stderr) == (128 + signal.SIGTERM, b"", b"")


def test_a_reader_that_leaves_stops_no_run(
    place: Place, finished: dict[str, tuple[float, dict[str, bytes]]]
) -> None:
    place.reset()
    with place.start("fast.yaml", "--pdf", "--png", "--width", "300") as running:
        assert running.stdout is not None
        running.stdout.close()
        assert running.wait(timeout=60) == 0
    new = {name: data for name, data in finished["render"][1].items() if name.startswith("fast")}
    assert {name: place.outputs()[name] for name in new} == new


@pytest.mark.usefixtures("finished")
def test_a_run_whose_worker_is_killed_says_so_and_leaves_older_outputs(place: Place) -> None:
    place.reset()
    with place.start("slow.yaml", "--pdf") as running:
        while running.poll() is None:  # one that dies before it has work is replaced
            for process in set(place.processes()) - {running.pid}:
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            time.sleep(0.05)
        _, err = running.communicate(timeout=20)
    assert (running.returncode, len(err.splitlines())) == (5, 1)
    assert b"slow.yaml: error[limit]: drawing needed more memory than there is" in err
    assert set(place.outputs().values()) == {OLDER}


def test_a_run_that_is_killed_leaves_no_worker(place: Place) -> None:
    with place.start("slow.yaml", "--pdf") as running:
        while len(place.processes()) < 2:
            assert running.poll() is None
            time.sleep(0.02)
        time.sleep(random.uniform(0, 0.5))
        running.kill()
    end = time.monotonic() + 5
    while time.monotonic() < end and (place.processes() or list(place.temporary.iterdir())):
        time.sleep(0.02)
    assert place.processes() == []
    assert list(place.temporary.iterdir()) == []
