"""Whether a try ended well: in an answer, or in one clean refusal."""

import contextlib
import io
import os
import re
import sys
import time
import traceback
import unicodedata
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from platformdirs import user_cache_path

from kernegotiate.cli import entry, main
from kernegotiate.cli.commands import app as window
from kernegotiate.scenario import KernegotiateError
from tests.fuzz.actions import NAMES
from tests.fuzz.case import Case, Verdict

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 400  # characters of a refusal: more is no sentence
MOST = 2**30  # bytes of memory
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # of Unicode: what moves or hides text
SHOWN = (RuntimeWarning, UserWarning, FutureWarning, ResourceWarning)  # what users would see
USAGE = re.compile(r"usage: .*?\n(?=\S)", re.DOTALL)


def judged(case: Case, folder: Path, *, loud: bool = False) -> Verdict:
    """Make a try in an empty folder.

    Args:
        case: What to try.
        folder: Where; its files stay.
        loud: Whether to print tracebacks.
    """
    start, before = time.process_time(), _peak()
    with _inside(folder, case), warnings.catch_warnings(record=True) as noise:
        warnings.simplefilter("ignore")
        for kind in SHOWN:
            warnings.simplefilter("always", kind)
        end, told, place = _spoken(case, loud) if case.words else _called(case, loud)
    if end != "fault" and noise:
        first = noise[0]
        end, told = "fault", f"a warning: {first.category.__name__}: {first.message}"
        place = f"{_short(first.filename)}:{first.lineno}"
    seconds, peak = time.process_time() - start, _peak()
    # A process that has made other things before cannot forget its peak; one of the pool never had
    # more than half of it.
    if end != "fault" and peak > MOST and peak - before > MOST // 2:
        end, told, place = "fault", f"held {peak / 2**20:,.0f} MB", f"memory of {case.kind}"
    return Verdict(end, told, place, seconds, peak)


def _called(case: Case, loud: bool) -> tuple[str, str, str]:
    """Call a function of the package."""
    known = dict(NAMES)
    given = {name: eval(source, known) for name, source in case.arguments.items()}
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            eval(case.call, known)(**given)
    except KernegotiateError as error:
        return _refused(str(error), error.__traceback__)
    except BaseException as error:  # noqa: BLE001 (that is what is looked for)
        if loud:
            traceback.print_exc()
        return "fault", f"{type(error).__name__}: {_clipped(error)}", _place(error)
    return "answered", "", ""


def _spoken(case: Case, loud: bool) -> tuple[str, str, str]:  # noqa: C901 (many ways to end)
    """Give a command line."""
    out = io.TextIOWrapper(io.BytesIO(), "utf-8", "strict")
    err = io.TextIOWrapper(io.BytesIO(), "utf-8", "backslashreplace")
    origin: list[TracebackType | None] = []
    with _watched(origin), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code: object = main(list(case.words))
        except SystemExit as leaving:
            code = leaving.code or 0
        except BaseException as error:  # noqa: BLE001
            if loud:
                traceback.print_exc(file=sys.__stderr__)
            return "fault", f"{type(error).__name__}: {_clipped(error)}", _place(error)
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode())  # type: ignore[attr-defined]
    if loud:
        print(*texts, sep="\n")
    shown, said = texts
    if code == 0:
        if "\x1b" in shown:
            return "fault", "an escape goes to the terminal", f"what {case.words[0]} shows"
        return "answered", "", ""
    if code == 1 and (case.words[:2] == ("experiment", "verify") or case.words[0] == "check"):
        return "answered", "", ""  # that something is wrong is what it says
    if code != 2:
        return "fault", f"left with {code}: {said[:200]}", f"exit of {case.words[0]}"
    if shown:
        return "fault", f"a refusal writes to stdout: {shown[:100]!r}", f"stdout, {case.words[0]}"
    if not said.endswith("\n"):
        return "fault", f"no sentence on stderr: {said[:200]!r}", f"stderr, {case.words[0]}"
    sentence = USAGE.sub("", said)[:-1].removeprefix("kernegotiate: ")
    return _refused(sentence, origin[0] if origin else None)


def _refused(sentence: str, origin: TracebackType | None) -> tuple[str, str, str]:
    """Whether a refusal is one short sentence that can be shown anywhere."""
    wrong = ""
    if not sentence.strip():
        wrong = "an empty sentence"
    elif "\n" in sentence or "\r" in sentence:
        wrong = "more than one line"
    elif len(sentence) > LONGEST:
        wrong = f"{len(sentence):,} characters"
    elif odd := next((c for c in sentence if unicodedata.category(c) in UNSEEN), ""):
        wrong = f"the letter {odd!a} as it is"
    if not wrong:
        return "refused", sentence, ""
    where = _frame(origin) if origin else "argparse"
    return "fault", f"{wrong}: {sentence[:300]!a}", f"sentence of {where}"


def _place(error: BaseException) -> str:
    return f"{type(error).__name__} in {_frame(error.__traceback__)}"


def _frame(origin: TracebackType | None) -> str:
    """The last of our own functions in a traceback."""
    found = "unknown"
    for frame in traceback.extract_tb(origin):
        if any(f"{ROOT}/{room}/" in frame.filename for room in ("kernegotiate", "viz")):
            found = f"{_short(frame.filename)}, {frame.name}"
    return found


def _short(file: str) -> str:
    return file.removeprefix(f"{ROOT}/").rpartition("site-packages/")[2]


def _clipped(error: BaseException) -> str:
    try:
        text = str(error)
    except Exception:  # noqa: BLE001
        text = "(cannot be told)"
    return text if len(text) <= 300 else f"{text[:300]}..."


@contextlib.contextmanager
def _inside(folder: Path, case: Case) -> Iterator[None]:
    """Lay out the files of a try, go there, and set what the environment says."""
    before, variables = Path.cwd(), dict(os.environ)
    for name, data in case.files.items():
        path = folder / name
        with contextlib.suppress(FileExistsError, NotADirectoryError):  # below another file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    (folder / "folder").mkdir(exist_ok=True)
    os.chdir(folder)
    if case.kind != "start":
        os.environ["XDG_CACHE_HOME"] = str(user_cache_path())  # where compiled code stays
    os.environ["HOME"] = str(folder)
    os.environ.update(case.environment)
    try:
        yield
    finally:
        os.chdir(before)
        os.environ.clear()
        os.environ.update(variables)


@contextlib.contextmanager
def _watched(origin: list[TracebackType | None]) -> Iterator[None]:
    """Keep where a refusal came from; and let the window be served to nobody."""
    refuse, serve = entry._refuse, window.serve

    def noted(*arguments: str) -> int:
        origin.append(sys.exc_info()[2])
        return refuse(*arguments)

    entry._refuse, window.serve = noted, lambda *_, **__: None
    try:
        yield
    finally:
        entry._refuse, window.serve = refuse, serve


def _peak() -> int:
    """Most memory that this process ever held, bytes; 0 where the system does not tell."""
    try:
        text = Path("/proc/self/status").read_text()
    except OSError:
        return 0
    return int(text.partition("VmHWM:")[2].split()[0]) * 1024
