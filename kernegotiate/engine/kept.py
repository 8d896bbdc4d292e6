"""Compiled functions on disk, in a folder of our own.

Numba's own cache keeps an index and the code as bare pickles in a folder that all of a process's
functions share. Here each compiled signature is one file that begins with a hash of the rest, so
that an empty, cut or damaged one is noticed before it is read, thrown away and made anew. Only
functions decorated with `kept` are kept here; a user's own stay where Numba or the user wants them.
"""

import hashlib
import os
import pickle
import stat
import sys
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Any

import numba
from numba.core.caching import _Cache
from numba.core.compiler import CompileResult
from numba.core.serialize import dumps

from kernegotiate.engine.cache import cache_folder, is_safe, tell

HASH = hashlib.blake2b
HASH_SIZE = HASH().digest_size
# No link is followed, nothing is waited for (as a pipe in a file's place would have it).
PLAINLY = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))


def kept(dispatcher: Any) -> Any:
    """Keep what a jitted function compiles on disk; returns the function."""
    if not hasattr(dispatcher, "py_func"):  # the compiler is off, as for mutants: nothing to keep
        return dispatcher
    dispatcher._cache = Kept(dispatcher.py_func)  # noqa: SLF001 (as its `enable_caching` does)
    return dispatcher


class Kept(_Cache):
    """The compiled signatures of one function."""

    def __init__(self, function: Any) -> None:
        self._name = f"{function.__module__.rpartition('.')[2]}.{function.__qualname__}"

    @property
    def cache_path(self) -> str | None:
        """Where the files are, if anywhere."""
        folder = cache_folder()
        return None if folder is None else str(folder)

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """The code of a signature, None if it is not there or not to be trusted."""
        target_context.refresh()
        file = self._file(sig, target_context.codegen())
        data = None if file is None else read(file)
        if data is None:
            return None
        signature, payload = pickle.loads(data)
        if signature != sig:
            return None
        return CompileResult._rebuild(target_context, *payload)  # noqa: SLF001 (as Numba's cache)

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep the code of a signature, if that is possible."""
        file = self._file(sig, data.codegen)
        if file is None or data.library.has_dynamic_globals:
            return
        try:
            write(file, dumps((sig, data._reduce())))  # noqa: SLF001 (as Numba's cache)
        except OSError as error:
            why = f"{file.parent}: {error.strerror or error}"
            tell(f"Compiled code cannot be kept ({why}), so starting takes half a minute longer.")

    def enable(self) -> None:
        """Nothing: it always is."""

    def disable(self) -> None:
        """Nothing: without a folder it is."""

    def flush(self) -> None:
        """Nothing: there is no index."""

    def _file(self, sig: Any, codegen: Any) -> Path | None:
        """The file of a signature for this processor, Python and Numba."""
        folder = cache_folder()
        if folder is None:
            return None
        python = (sys.implementation.cache_tag, getattr(sys, "abiflags", ""))
        key = repr((sig, codegen.magic_tuple(), numba.__version__, python))
        return folder / f"{self._name}-{HASH(key.encode(), digest_size=8).hexdigest()}.nbc"


def read(file: Path) -> bytes | None:
    """Contents of a file that `write` made and only we could have made.

    Any other is removed, and None returned; None too if there is no file.
    """
    try:
        number = os.open(file, os.O_RDONLY | PLAINLY)
        with os.fdopen(number, "rb") as source:
            found = os.fstat(number)
            good = stat.S_ISREG(found.st_mode) and is_safe(found)
            data = source.read() if good else b""
    except FileNotFoundError:
        return None
    except OSError:
        data = b""
    head, rest = data[:HASH_SIZE], data[HASH_SIZE:]
    if HASH(rest).digest() == head:
        return rest
    tell(f"{file} is damaged or not ours; it is compiled anew, in up to half a minute.")
    with suppress(OSError):
        file.unlink()
    return None


def write(file: Path, data: bytes) -> None:
    """Write a file whole or not at all; others may do the same at the same time.

    Raises:
        OSError: It cannot be written.
    """
    unfinished = file.with_suffix(f".{uuid.uuid4().hex[:16]}")
    try:
        number = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | PLAINLY, 0o600)
        with os.fdopen(number, "wb") as target:
            target.write(HASH(data).digest() + data)
        unfinished.replace(file)
    except OSError:
        with suppress(OSError):
            unfinished.unlink()
        raise
