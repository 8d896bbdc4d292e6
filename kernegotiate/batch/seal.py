"""Seals: a file carries the hash of all its own bytes, so that none can change unseen.

The hash stands in the file (in the footer of a Parquet file, as last key of a JSON document) and is
that of the file with zeros in its own place. So a file and its hash are written in one step and can
never disagree for any other reason than damage, the same rows give the same bytes, whoever writes
them, and the file stays an ordinary one for all other programs. Page checksums of Parquet would
leave names, types and statistics in the footer uncovered; a list of hashes beside the parts would
have to be written by several processes at once.
"""

from __future__ import annotations

import hashlib
import io
import json
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from kernegotiate.batch.disk import UnfitError

BLANK = b"0" * 64
KEY, ABOUT = "kernegotiate.seal", "kernegotiate"
IN_PARQUET = b"\x18\x11kernegotiate.seal\x18\x40"  # a key of 17 bytes, a value of 64 (Thrift)
IN_JSON = b'"seal": "'


def sealed_table(table: pa.Table, about: dict[str, Any]) -> bytes:
    """A table as a Parquet file with a seal; the same rows give the same bytes.

    Args:
        table: Rows.
        about: What the file says of itself, as plain values.
    """
    buffer = io.BytesIO()
    with pq.ParquetWriter(buffer, table.schema, compression="zstd") as writer:
        writer.write_table(table)
        told = json.dumps(about, sort_keys=True)
        writer.add_key_value_metadata({ABOUT: told, KEY: BLANK.decode()})
    return _sealed(buffer.getvalue(), IN_PARQUET)


def opened_table(data: bytes) -> tuple[pq.ParquetFile, dict[str, Any]]:
    """Open a Parquet file that is sound.

    Args:
        data: All its bytes.

    Returns:
        The file, and what it says of itself.

    Raises:
        UnfitError: It is damaged.
    """
    _check(data, IN_PARQUET)
    file = pq.ParquetFile(pa.BufferReader(data))
    return file, json.loads(file.metadata.metadata[ABOUT.encode()])


def sealed_json(document: dict[str, Any]) -> bytes:
    """A JSON document with a seal."""
    text = json.dumps({**document, "seal": BLANK.decode()}, indent=1, allow_nan=False)
    return _sealed(f"{text}\n".encode(), IN_JSON)


def opened_json(data: bytes) -> dict[str, Any]:
    """Read a JSON document that is sound.

    Raises:
        UnfitError: It is damaged.
    """
    _check(data, IN_JSON)
    document: dict[str, Any] = json.loads(data)
    del document["seal"]
    return document


def _sealed(data: bytes, mark: bytes) -> bytes:
    """Put the hash in its place."""
    place = data.rindex(mark) + len(mark)
    return data[:place] + _hash(data, place) + data[place + len(BLANK) :]


def _check(data: bytes, mark: bytes) -> None:
    """Refuse what does not carry its own hash."""
    if not data:
        raise UnfitError("is empty")
    place = data.rfind(mark) + len(mark)
    if place < len(mark):
        raise UnfitError("is damaged or cut short (it carries no hash)")
    if data[place : place + len(BLANK)] != _hash(data, place):
        raise UnfitError("is damaged (it does not match the hash that it carries)")


def _hash(data: bytes, place: int) -> bytes:
    """Hash of a file, but for the hash in it."""
    view = memoryview(data)
    found = hashlib.blake2b(view[:place], digest_size=len(BLANK) // 2)
    found.update(BLANK)
    found.update(view[place + len(BLANK) :])
    return found.hexdigest().encode()
