"""The worker: one process for many jobs, held to its limits, ended whatever it does, nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import worker_tasks as tasks

from bmcrender.batch import render_many
from bmcrender.child import Limits
from bmcrender.errors import CanvasError, InternalError, LimitError, MachineError
from bmcrender.model import Job
from bmcrender.supervisor import Supervisor, close

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.usefixtures("temporary")


@pytest.fixture
def worker() -> Iterator[Supervisor]:
    with Supervisor(Limits(seconds=20)) as made:
        yield made


def gone(process: int) -> bool:
    """Whether a process has ended; a zombie nobody waits for has, too."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def eventually(condition: object, seconds: float = 5.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.02)
    return False


# -- one process for many jobs -------------------------------------------------------------------------


def test_a_function_runs_in_another_process_and_its_value_comes_back(worker: Supervisor) -> None:
    assert worker.run(tasks.double, 21) == 42
    assert worker.run(tasks.process_id) != os.getpid()


def test_the_process_stays_from_job_to_job(worker: Supervisor) -> None:
    assert worker.run(tasks.process_id) == worker.run(tasks.process_id)


def test_the_process_is_replaced_after_so_many_jobs() -> None:
    with Supervisor(Limits(jobs=2)) as worker:
        seen = [worker.run(tasks.process_id) for _ in range(5)]
    assert len(set(seen[:2])) == len(set(seen[2:4])) == 1
    assert len(set(seen)) == 3


def test_a_process_that_died_between_jobs_is_replaced(worker: Supervisor) -> None:
    first = worker.run(tasks.process_id)
    child = worker._child
    assert child is not None
    os.kill(first, signal.SIGKILL)
    # A killed process counts as running until the last of its threads has ended.
    assert eventually(lambda: not child.alive)
    assert worker.run(tasks.process_id) != first


def test_other_fonts_need_another_process_and_the_same_fonts_do_not(worker: Supervisor) -> None:
    fonts = (("fonts/own/A.ttf", b"one"), ("fonts/B.ttf", b"two"))
    plain = worker.run(tasks.process_id)
    assert worker.run(tasks.font_names) == []
    assert worker.run(tasks.font_names, fonts=fonts) == ["0-A.ttf", "1-B.ttf"]
    assert worker.run(tasks.process_id, fonts=list(fonts)) not in (plain, os.getpid())


def test_other_limits_of_the_system_need_another_process_and_another_deadline_does_not(
    worker: Supervisor,
) -> None:
    first = worker.run(tasks.process_id)
    worker.limits = Limits(seconds=30)
    assert worker.run(tasks.process_id) == first
    worker.limits = Limits(memory_bytes=700 * 2**20)
    second = worker.run(tasks.process_id)
    worker.limits = Limits(memory_bytes=700 * 2**20, cpu_seconds=7)
    assert len({first, second, worker.run(tasks.process_id)}) == 3


def test_a_large_answer_comes_whole(worker: Supervisor) -> None:
    assert worker.run(tasks.large, 20_000_000) == b"x" * 20_000_000


def test_threads_share_a_worker_one_job_at_a_time(worker: Supervisor) -> None:
    answers: dict[int, int] = {}

    def ask(number: int) -> None:
        answers[number] = worker.run(tasks.double, number)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {number: 2 * number for number in range(8)}


def test_what_libraries_print_does_not_reach_the_answers(worker: Supervisor) -> None:
    assert worker.run(tasks.noisy) == "quiet answer"
    assert worker.run(tasks.double, 1) == 2


def test_what_a_format_needs_is_loaded_before_the_first_job() -> None:
    with Supervisor() as worker:
        assert not {"weasyprint", "pptx"} & set(worker.run(tasks.modules))
    with Supervisor() as worker:
        worker.begin(("pdf",))
        assert "weasyprint" in worker.run(tasks.modules, formats=("pdf",))
    assert "weasyprint" not in sys.modules


def test_the_environment_is_the_same_everywhere(
    worker: Supervisor, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "fa_IR")
    monkeypatch.setenv("FONTCONFIG_FILE", "/etc/fonts/fonts.conf")
    monkeypatch.setenv("SECRET", "not for the worker")
    seen = worker.run(tasks.environment)
    assert Path(seen["FONTCONFIG_FILE"]).is_relative_to(temporary)
    assert Path(seen["TMPDIR"]).is_relative_to(temporary)
    assert seen["TZ"] == "UTC"
    assert not {"LANG", "SECRET"} & set(seen)


def test_fontconfig_sees_the_bundled_fonts_only(worker: Supervisor) -> None:
    seen = worker.run(tasks.environment)
    text = Path(seen["FONTCONFIG_FILE"]).read_text(encoding="utf-8")
    assert f"<dir>{ROOT / 'fonts'}</dir>" in text
    assert "/usr/share/fonts" not in text


def test_the_working_directory_is_not_on_the_worker_s_path(
    worker: Supervisor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "yaml.py").write_text("raise SystemExit('imported from the working directory')")
    monkeypatch.chdir(tmp_path)
    path = worker.run(tasks.search_path)
    assert "" not in path
    assert str(tmp_path) not in path


# -- errors ----------------------------------------------------------------------------------------------


def test_an_error_of_the_user_s_comes_back_as_it_was_raised(worker: Supervisor) -> None:
    with pytest.raises(CanvasError) as caught:
        worker.run(tasks.wrong_canvas)
    (one,) = caught.value.diagnostics
    assert (one.code, one.message, one.line, one.path) == ("some-code", "some message", 3, ("blocks", 0))


def test_a_mistake_of_ours_keeps_its_traceback(worker: Supervisor) -> None:
    with pytest.raises(InternalError, match="ZeroDivisionError: a mistake of ours") as caught:
        worker.run(tasks.broken)
    assert "in broken" in "".join(caught.value.__notes__)


def test_a_value_that_cannot_be_sent_is_a_mistake_of_ours(worker: Supervisor) -> None:
    with pytest.raises(InternalError, match="pickle"):
        worker.run(tasks.unpicklable)
    assert worker.run(tasks.double, 2) == 4


@pytest.mark.parametrize(("task", "told"), [(tasks.crash, "signal 11"), (tasks.leave, "status 3")])
def test_a_process_that_ends_by_itself_is_reported_and_replaced(
    worker: Supervisor, task: object, told: str
) -> None:
    with pytest.raises(InternalError, match=told):
        worker.run(task)  # type: ignore[arg-type]
    assert worker.run(tasks.double, 3) == 6


def test_a_worker_that_cannot_be_started_says_why(
    worker: Supervisor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "python").touch(0o644)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with pytest.raises(MachineError, match="python must be a Python that you may run"):
        worker.run(tasks.double, 1)
    (one,) = render_many([Job(b"title: A", name="a.yaml")], workers=1)
    assert [(found.code, found.file) for found in one.diagnostics] == [("no-worker", "a.yaml")]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_worker_for_which_no_file_may_be_opened_says_so(worker: Supervisor) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, before[1]))
    try:
        with pytest.raises(MachineError, match="ulimit -n"):
            worker.run(tasks.double, 1)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert worker.run(tasks.double, 1) == 2


# -- limits ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("task", [tasks.slow, tasks.deaf])
def test_a_job_that_takes_too_long_is_stopped(task: object) -> None:
    with Supervisor(Limits(seconds=1.0)) as worker:
        worker.run(tasks.double, 1)
        start = time.monotonic()
        with pytest.raises(LimitError, match="longer than 1 second and"):
            worker.run(task, 30.0)  # type: ignore[arg-type]
        assert time.monotonic() - start < 3
        assert worker.run(tasks.double, 4) == 8


def test_a_job_that_computes_too_much_is_stopped() -> None:
    with Supervisor(Limits(seconds=20, cpu_seconds=1)) as worker:
        with pytest.raises(LimitError, match="1 second of processor time"):
            worker.run(tasks.busy)
        assert worker.run(tasks.double, 4) == 8


def test_processor_time_is_counted_job_by_job() -> None:
    with Supervisor(Limits(seconds=20, cpu_seconds=2)) as worker:
        first = worker.run(tasks.process_id)
        for _ in range(4):
            worker.run(sum, range(30_000_000))
        assert worker.run(tasks.process_id) == first


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
def test_a_job_that_needs_too_much_memory_is_stopped() -> None:
    with Supervisor(Limits(memory_bytes=400 * 2**20)) as worker:
        large = b"x" * (400 * 2**20)  # more than there is room for when it comes in
        for task, *given in ((tasks.greedy, 500 * 2**20), (tasks.unmapped,), (tasks.crash,), (len, large)):
            with pytest.raises(LimitError, match=r"more memory than there is \(at most 0.391 GiB\)"):
                worker.run(task, *given)  # type: ignore[operator]
            assert worker.run(tasks.double, 4) == 8


# -- the end -------------------------------------------------------------------------------------------------


def test_closing_ends_the_process_and_removes_its_folder(temporary: Path) -> None:
    worker = Supervisor()
    process = worker.run(tasks.process_id)
    left = Path(worker.run(tasks.scribble, "scratch.txt"))
    assert left.is_file()
    assert left.is_relative_to(temporary)
    worker.close()
    assert gone(process)
    assert list(temporary.iterdir()) == []
    worker.close()


def test_closing_from_another_thread_ends_a_job_that_runs() -> None:
    worker = Supervisor()
    worker.run(tasks.double, 1)
    threading.Timer(0.3, worker.close).start()
    start = time.monotonic()
    with pytest.raises(MachineError, match="closed while it was drawing"):
        worker.run(tasks.slow, 30.0)
    assert time.monotonic() - start < 3


def test_closing_all_ends_a_worker_too_whose_start_was_interrupted(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = []

    def interrupt(_: Path) -> None:
        (folder,) = temporary.iterdir()
        started.append(folder)
        raise KeyboardInterrupt

    monkeypatch.setattr("bmcrender.child._clear", interrupt)  # where a signal may strike
    with pytest.raises(KeyboardInterrupt) as kept:  # with the frames, and so with the worker
        Supervisor().run(tasks.process_id)
    assert started[0].is_dir()
    close()
    assert not started[0].exists()
    assert kept


def test_a_supervisor_that_is_forgotten_ends_its_process() -> None:
    worker = Supervisor()
    process = worker.run(tasks.process_id)
    del worker
    assert eventually(lambda: gone(process))


def script(text: str, temporary: Path) -> subprocess.Popen[str]:
    """Start a Python program that has the package and the tasks on its path."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    return subprocess.Popen(
        [sys.executable, "-c", text],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path, "TMPDIR": str(temporary)},
        cwd="/",
    )


# Tells its worker's number, then keeps it busy.
BUSY = (
    "import worker_tasks as tasks\n"
    "from bmcrender.supervisor import Supervisor\n"
    "worker = Supervisor()\n"
    "print(worker.run(tasks.process_id), flush=True)\n"
    "worker.run(tasks.deaf, 60.0)\n"
)


def test_the_process_ends_and_cleans_up_when_its_parent_is_killed(temporary: Path) -> None:
    parent = script(
        BUSY,
        temporary,
    )
    with parent:
        assert parent.stdout is not None
        process = int(parent.stdout.readline())
        assert len(list(temporary.iterdir())) == 1
        time.sleep(0.2)
        parent.kill()
    assert eventually(lambda: gone(process))
    assert eventually(lambda: not list(temporary.iterdir()))


def test_what_a_worker_killed_with_its_parent_has_left_is_removed_by_the_next(temporary: Path) -> None:
    mine = temporary / "bmcrender-worker-of-my-own"
    mine.mkdir()
    parent = script(
        BUSY,
        temporary,
    )
    with parent:
        assert parent.stdout is not None
        process = int(parent.stdout.readline())
        (living,) = set(temporary.iterdir()) - {mine}
        with Supervisor() as worker:
            worker.run(tasks.process_id)
            assert living.is_dir()  # its parent lives
        os.kill(process, signal.SIGSTOP)  # so that it cannot clean up
        parent.kill()
        parent.wait()
        os.kill(process, signal.SIGKILL)
    assert eventually(lambda: gone(process))
    assert set(temporary.iterdir()) == {mine, living}
    with Supervisor() as worker:
        worker.run(tasks.process_id)
        assert mine.is_dir()
        assert not living.exists()
    mine.rmdir()


def test_a_folder_that_is_cleared_away_at_once_is_made_again(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bmcrender import child

    share, cleared = child.Claim.share, []

    def late(claim: child.Claim) -> bool:
        if not cleared:  # another run finds the new folder before it is claimed
            (folder,) = temporary.iterdir()
            cleared.append(folder)
            child._clear(temporary)
        return share(claim)

    monkeypatch.setattr(child.Claim, "share", late)
    with Supervisor() as worker:
        assert worker.run(tasks.double, 21) == 42
        assert set(temporary.iterdir()).isdisjoint(cleared)


def test_the_shared_worker_ends_with_the_program(temporary: Path) -> None:
    with script(
        "import worker_tasks as tasks\n"
        "from bmcrender.supervisor import shared\n"
        "print(shared().run(tasks.process_id), flush=True)\n",
        temporary,
    ) as parent:
        assert parent.stdout is not None
        process = int(parent.stdout.read())
    assert parent.returncode == 0
    assert gone(process)
    assert list(temporary.iterdir()) == []


def test_a_fork_leaves_its_parent_s_worker_alone(temporary: Path) -> None:
    with script(
        "import os, sys\n"
        "import worker_tasks as tasks\n"
        "from bmcrender.supervisor import close, shared\n"
        "first = shared().run(tasks.process_id)\n"
        "child = os.fork()\n"
        "if not child:\n"
        "    own = shared().run(tasks.process_id)\n"
        "    close()\n"
        "    sys.exit(0 if own != first else 1)\n"
        "status = os.waitpid(child, 0)[1]\n"
        "print(status, shared().run(tasks.process_id) == first)\n",
        temporary,
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.read().split() == ["0", "True"]
    assert parent.returncode == 0


def test_weasyprint_is_stopped_while_it_draws() -> None:
    with Supervisor(Limits(seconds=20)) as worker:
        worker.run(tasks.double, 1, formats=("pdf",))
        worker.limits = Limits(seconds=2)
        start = time.monotonic()
        with pytest.raises(LimitError, match="longer than 2 seconds"):
            worker.run(tasks.drawn_bomb, formats=("pdf",))
        assert time.monotonic() - start < 4
