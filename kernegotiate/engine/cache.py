"""Where compiled code is kept between runs.

Numba's on-disk cache notices when the file of the cached function changes, but not when a function
that it calls changes in another file: it would silently run old code. So the cache folder carries
a hash of every source file that can end up in compiled code. Another source, another folder.
"""

import hashlib
import os
import tempfile
from pathlib import Path

import platformdirs

ENGINE = Path(__file__).parent


def source_hash(folder: Path = ENGINE) -> str:
    """Hash of all Python files below `folder`: names and contents, twelve hex digits."""
    digest = hashlib.blake2b(digest_size=6)
    for file in sorted(folder.rglob("*.py")):
        digest.update(file.relative_to(folder).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def cache_folder() -> Path:
    """The folder for this version of the engine, made if need be; a temporary one if it must."""
    wanted = Path(platformdirs.user_cache_dir("kernegotiate")) / f"engine-{source_hash()}"
    try:
        wanted.mkdir(parents=True, exist_ok=True)
        probe = tempfile.TemporaryFile(dir=wanted)  # noqa: SIM115 (only asks whether we may write)
        probe.close()
    except OSError:
        wanted = Path(tempfile.gettempdir()) / f"kernegotiate-{os.getuid()}-{wanted.name}"
        wanted.mkdir(parents=True, exist_ok=True)
    return wanted


def is_warm(folder: Path | None = None) -> bool:
    """Whether the ensemble has been compiled before, so that nobody needs to be told to wait."""
    return any((folder or cache_folder()).rglob("ensemble.*.nbc"))


def point_numba_here() -> None:
    """Set Numba's cache folder. Must run before the first engine function is decorated."""
    folder = str(cache_folder())
    os.environ["NUMBA_CACHE_DIR"] = folder
    from numba.core import config

    config.CACHE_DIR = folder
