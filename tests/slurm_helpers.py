"""A small stand-in for SLURM: sbatch, squeue and scancel over local processes.

Jobs wait in a folder until there is room; each is a process group of its own, of one worker.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time

COMMANDS = {
    "sbatch": """
number = len(list(JOBS.glob("*.sh"))) + 1
text = Path(sys.argv[-1]).read_text()
(JOBS / f"{number:04d}.tmp").write_text(text)
(JOBS / f"{number:04d}.tmp").rename(JOBS / f"{number:04d}.sh")
print("Submitted batch job", number)
""",
    "scancel": """
for number in sys.argv[1:]:
    (JOBS / f"{int(number):04d}.cancelled").touch()
""",
    "squeue": """
for job in sorted(JOBS.glob("*.sh")):
    print(int(job.stem), "PD")
""",
}


class Slurm:
    """A queue that runs some jobs at once.

    Attributes:
        begun: Numbers of the jobs that were begun, in order.
    """

    def __init__(self, folder, at_once):
        self.jobs, self.commands = folder / "jobs", folder / "bin"
        self.jobs.mkdir(parents=True)
        self.commands.mkdir()
        for name, code in COMMANDS.items():
            head = f"#!{sys.executable}\nimport sys\nfrom pathlib import Path\n"
            path = self.commands / name
            path.write_text(f"{head}JOBS = Path({str(self.jobs)!r})\n{code}")
            path.chmod(0o755)
        self.at_once = at_once
        self.begun = []
        self.running = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()
        for number in list(self.running):
            self.end(number)

    def end(self, number):
        """End a job as SLURM does when its time is over, without a warning."""
        process = self.running.pop(number, None)
        if process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _serve(self):
        while not self._over.is_set():
            time.sleep(0.1)
            for sign in self.jobs.glob("*.cancelled"):
                self.end(int(sign.stem))
            for number in [n for n, one in self.running.items() if one.poll() is not None]:
                self.end(number)
            for job in sorted(self.jobs.glob("*.sh")):
                number = int(job.stem)
                if number in self.begun or job.with_suffix(".cancelled").exists():
                    continue
                if len(self.running) < self.at_once:
                    self._begin(number, job)

    def _begin(self, number, job):
        job.write_text(job.read_text().replace("--nworkers 8", "--nworkers 1"))
        self.begun.append(number)
        self.running[number] = subprocess.Popen(
            ["bash", str(job)],
            cwd=self.jobs,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
