"""Make `.venv` what `requirements.lock` says, or refresh that lock.

    python3 tools/bootstrap.py          # bring .venv up to date; does nothing when it is
    python3 tools/bootstrap.py lock     # resolve what pyproject.toml asks, keep pins that fit
    python3 tools/bootstrap.py lock --upgrade
    python3 tools/bootstrap.py workbench    # the EMA workbench for a test, into .tools/
    python3 tools/bootstrap.py mesa-next    # Mesa's newest pre-release, into .tools/

Needs nothing but a Python of 3.9 or later and a package index. It finds uv on the PATH or installs
the locked one into `.tools/`; it finds a Python 3.12 or later where uv looks and in pyenv's folder,
or lets uv get one (KERNEGOTIATE_PYTHON names another version, such as 3.13). pip's own settings
(index, certificates, proxy) hold for uv too, unless uv has settings of its own.
"""

from __future__ import annotations

import argparse
import configparser
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The Python beneath, should this one be a virtual environment, which may well have no pip.
PYTHON: str = getattr(sys, "_base_executable", sys.executable)
VENV = ROOT / ".venv"
PROGRAMS = "Scripts" if os.name == "nt" else "bin"  # of a virtual environment
ENDING = ".exe" if os.name == "nt" else ""
VENV_PYTHON = VENV / PROGRAMS / f"python{ENDING}"
TOOLS = ROOT / ".tools"
WORKBENCH = ROOT / "tests" / "docs" / "ema" / "requirements.txt"
MESA_NEXT = TOOLS / "mesa-next"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / ".bootstrap"
# What decides the content of .venv.
INPUTS = (ROOT / "pyproject.toml", LOCK, Path(__file__).resolve())

# pip's setting -> uv's variable. Extra indexes serve installing only: a lock made from them could
# name files that nobody else can get.
SETTINGS = {
    "index-url": "UV_DEFAULT_INDEX",
    "cert": "SSL_CERT_FILE",
    "proxy": "ALL_PROXY",
    "trusted-host": "UV_INSECURE_HOST",
}
EXTRA_SETTINGS = {"extra-index-url": "UV_INDEX", "find-links": "UV_FIND_LINKS"}
# Older names that uv still reads.
OLDER_NAMES = {"UV_DEFAULT_INDEX": "UV_INDEX_URL", "UV_INDEX": "UV_EXTRA_INDEX_URL"}

# Where pip keeps its settings; the later file wins.
PIP_FILES = (
    "/etc/xdg/pip/pip.conf",
    "/etc/pip.conf",
    "/Library/Application Support/pip/pip.conf",
    "~/.pip/pip.conf",
    "~/.config/pip/pip.conf",
    "~/Library/Application Support/pip/pip.conf",
)


class BootstrapError(Exception):
    """What went wrong, in one sentence for the person at the terminal."""


def run(command: Iterable[str | Path], env: Mapping[str, str], problem: str) -> None:
    """Run a command whose failure ends everything.

    Raises:
        BootstrapError: with `problem`, after the command has said its own word on stderr.
    """
    if subprocess.run([str(part) for part in command], cwd=ROOT, env=env, check=False).returncode:
        raise BootstrapError(problem)


def fingerprint() -> str:
    """Return a hash of everything that decides the content of `.venv`, its place included."""
    digest = hashlib.sha256(f"{ROOT} {wanted_python(os.environ)}".encode())
    for path in INPUTS:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def wanted_python(environ: Mapping[str, str]) -> str:
    """Return the version of Python that `.venv` is made with, such as 3.12."""
    return environ.get("KERNEGOTIATE_PYTHON") or (ROOT / ".python-version").read_text().strip()


def is_current() -> bool:
    """Tell whether `.venv` was made from the present inputs and still has a working Python."""
    made_from = STAMP.read_text().strip() if STAMP.exists() else ""
    return made_from == fingerprint() and VENV_PYTHON.exists()


def pip_settings(environ: Mapping[str, str]) -> dict[str, str]:
    """Read pip's settings for installing, from where pip reads them: there may be no pip to ask."""
    parser = configparser.RawConfigParser(strict=False)
    parser.read(
        Path(path).expanduser() for path in (*PIP_FILES, environ.get("PIP_CONFIG_FILE", os.devnull))
    )
    settings = {
        name.replace("_", "-"): value
        for section in ("global", "install")
        if parser.has_section(section)
        for name, value in parser.items(section)
    }
    for name in SETTINGS | EXTRA_SETTINGS:
        variable = "PIP_" + name.upper().replace("-", "_")
        settings[name] = environ.get(variable, settings.get(name, ""))
    return settings


def uv_environment(
    environ: Mapping[str, str], pip: Mapping[str, str], *, extras: bool
) -> dict[str, str]:
    """Return the environment in which uv runs.

    Args:
        environ: the environment to start from.
        pip: pip's settings by name.
        extras: whether pip's extra indexes and link folders count.
    """
    env = dict(environ)
    for name, variable in (SETTINGS | EXTRA_SETTINGS if extras else SETTINGS).items():
        if pip.get(name) and variable not in env and OLDER_NAMES.get(variable) not in env:
            separator = "," if variable == "UV_FIND_LINKS" else " "
            env[variable] = separator.join(pip[name].split())
            if variable == "UV_INDEX":  # as pip does; the lock's hashes say which files are meant
                env.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    env.setdefault("UV_SYSTEM_CERTS", "true")  # as pip does
    env.pop("VIRTUAL_ENV", None)
    env["PATH"] = os.pathsep.join([*pyenv_folders(environ), environ.get("PATH", os.defpath)])
    return env


def pyenv_folders(environ: Mapping[str, str]) -> list[str]:
    """List the folders of pyenv's Pythons: its shims hide all but the chosen ones from uv."""
    roots = [environ.get("PYENV_ROOT"), *(f"{home}/.pyenv" for home in homes())]
    found = {
        str(folder): None
        for root in roots
        if root
        for folder in sorted(Path(root).glob("versions/3.*/bin"))
    }
    return list(found)


def homes() -> list[str]:
    """Return the user's home as the environment says and as the system knows it."""
    found = [os.path.expanduser("~")]  # noqa: PTH111 (never fails, unlike Path.home)
    try:
        import pwd

        found.append(pwd.getpwuid(os.getuid()).pw_dir)
    except (ImportError, KeyError):  # Windows has none; a container's user may have no entry
        pass
    return found


def find_uv(environ: Mapping[str, str]) -> str:
    """Return a uv to call: the one on the PATH, else a private one, installed if need be.

    Raises:
        BootstrapError: when there is none and neither pip nor venv is at hand to get it.
    """
    private = TOOLS / "bin" / f"uv{ENDING}"
    found = shutil.which("uv", path=environ.get("PATH"))
    if found or private.exists():
        return found or str(private)
    print("Getting uv, which installs the rest ...", flush=True)
    said: list[str] = []

    def works(*command: str | Path) -> bool:
        parts = [str(part) for part in command]
        done = subprocess.run(parts, capture_output=True, text=True, check=False)
        said.append(done.stdout + done.stderr)
        return done.returncode == 0

    with tempfile.TemporaryDirectory() as folder:
        wanted, helper = Path(folder) / "uv.txt", Path(folder) / "venv"
        locked = re.search(r"^uv==.*\n(?:[ \t].*\n)*", LOCK.read_text(), re.MULTILINE)
        wanted.write_text(locked.group() if locked else "uv\n")
        get = ["-m", "pip", "install", "--no-deps", "--target", str(TOOLS), "-r", str(wanted)]
        if works(PYTHON, *get) or (
            works(PYTHON, "-m", "venv", helper) and works(helper / PROGRAMS / "python", *get)
        ):
            return str(private)
    print(*said, sep="\n", file=sys.stderr)
    raise BootstrapError(
        "Cannot get uv: install it, or give python3 its pip or venv"
        " (on Debian and Ubuntu: apt-get install python3-venv), and see that a package index is"
        " within reach."
    )


def make_venv(uv: str, env: Mapping[str, str]) -> None:
    """Create `.venv`, with a Python of the version in `.python-version`, else a later one.

    Raises:
        BootstrapError: when no fitting Python is found and none can be downloaded.
    """
    wanted = wanted_python(os.environ)
    local = "--no-python-downloads"
    for choice in ([wanted, local], [f">={wanted}", local], [wanted]):
        command = [uv, "venv", "--quiet", "--clear", str(VENV), "--python", *choice]
        tried = subprocess.run(
            command, cwd=ROOT, env=env, capture_output=True, text=True, check=False
        )
        if tried.returncode == 0:
            return
    print(tried.stderr, file=sys.stderr)
    raise BootstrapError(
        f"Cannot find Python {wanted} or later, nor download it: install it, or set PYENV_ROOT."
    )


def is_usable(python: Path) -> bool:
    """Tell whether a Python runs and, if another version was asked for by name, is that one."""
    asked = os.environ.get("KERNEGOTIATE_PYTHON", "")
    check = "import sys; sys.exit(sys.argv[1] not in ('', '%d.%d' % sys.version_info[:2]))"
    return (
        python.exists() and not subprocess.run([python, "-c", check, asked], check=False).returncode
    )


def install(uv: str, env: Mapping[str, str]) -> None:
    """Make `.venv` hold exactly the locked packages and this project, editable."""
    STAMP.unlink(missing_ok=True)
    python = VENV_PYTHON
    if not is_usable(python):
        make_venv(uv, env)
    print("Installing the locked packages into .venv ...", flush=True)
    at = ["--quiet", "--python", str(python)]
    run(
        [uv, "pip", "sync", *at, "--require-hashes", "--compile-bytecode", LOCK],
        env,
        "Cannot install the locked packages: see uv's message above.",
    )
    project = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    run(
        [uv, "pip", "install", *at, *project],
        env,
        "Cannot install the project itself: see uv's message above.",
    )
    run(
        [uv, "pip", "check", *at],
        env,
        "requirements.lock does not fit pyproject.toml: run 'make lock', then again.",
    )
    STAMP.write_text(fingerprint() + "\n")


def lock(uv: str, env: Mapping[str, str], *, upgrade: bool) -> None:
    """Resolve the dependencies for all platforms and write `requirements.lock`."""
    print("Resolving ...", flush=True)
    what = ["pyproject.toml", "--group", "dev", "--universal", "--python-version", "3.12"]
    how = ["--generate-hashes", "--custom-compile-command", "make lock", "--quiet"]
    run(
        [uv, "pip", "compile", *what, *how, *["--upgrade"] * upgrade, "--output-file", LOCK.name],
        env,
        "Cannot resolve the dependencies: see uv's message above.",
    )


def workbench_folder() -> Path:
    """Return the folder of the EMA workbench, another one whenever its requirements change."""
    return TOOLS / f"ema-{hashlib.sha256(WORKBENCH.read_bytes()).hexdigest()[:16]}"


def workbench(uv: str, env: Mapping[str, str]) -> None:
    """Put the EMA workbench, for tests of an example, beside `.venv` rather than into it.

    It depends on a library under the GPL, which this project neither uses nor takes.
    """
    target = workbench_folder()
    with tempfile.TemporaryDirectory(dir=TOOLS) as folder:
        how = ["--quiet", "--no-deps", "--require-hashes", "--python", sys.executable]
        run(
            [uv, "pip", "install", *how, "--requirement", WORKBENCH, "--target", f"{folder}/ema"],
            env,
            "Cannot get the EMA workbench: see uv's message above.",
        )
        try:
            Path(folder, "ema").rename(target)
        except OSError as error:
            if not target.exists():  # otherwise another process was faster
                raise BootstrapError(f"Cannot write {target}: {error.strerror}.") from None


def mesa_next(uv: str, env: Mapping[str, str]) -> None:
    """Put Mesa's newest pre-release beside `.venv`; what it needs is there."""
    what = ["--prerelease=allow", "--upgrade", "--no-deps", "mesa>=4.0.0a0"]
    run(
        [uv, "pip", "install", "--quiet", "--python", VENV_PYTHON, *what, "--target", MESA_NEXT],
        env,
        "Cannot get Mesa's pre-release: see uv's message above.",
    )


BESIDE = {"workbench": workbench, "mesa-next": mesa_next}


def main() -> int:
    """Do what the command line asks; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("task", nargs="?", choices=["install", "lock", *BESIDE], default="install")
    parser.add_argument("--upgrade", action="store_true", help="lock the newest versions")
    asked = parser.parse_args()
    if asked.task == "install" and is_current():
        return 0
    if asked.task == "workbench" and workbench_folder().exists():
        return 0
    try:
        TOOLS.mkdir(exist_ok=True)
        uv = find_uv(os.environ)
        env = uv_environment(os.environ, pip_settings(os.environ), extras=asked.task != "lock")
        if asked.task == "lock":
            lock(uv, env, upgrade=asked.upgrade)
        elif asked.task in BESIDE:
            BESIDE[asked.task](uv, env)
        else:
            install(uv, env)
    except BootstrapError as problem:
        print(f"bootstrap: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
