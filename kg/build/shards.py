"""Finished work on a path that many machines reach: an object store, a network disk, whatever fsspec knows.

Rule: a shard is a chunk file of the work store (`kg.build.work`), put in place whole and named by what is in it, under a folder named by
the version that extracted it; shards of another version are never looked at.
"""

from __future__ import annotations

import uuid
from typing import Any

from kg.build.work import SUFFIX
from kg.errors import KgError, UsageError


def put_shard(url: str, version: str, name: str, data: bytes) -> None:
    """Write a shard; the same shard written twice, by a worker thought dead for example, is the same file."""
    files, folder = _folder(url, version)
    temporary = f"{folder}/{name}.{uuid.uuid4().hex}.part"
    try:
        files.makedirs(folder, exist_ok=True)
        files.pipe_file(temporary, data)
        files.mv(temporary, f"{folder}/{name}")
    except OSError as error:
        raise KgError(f"{url}: a worker cannot write there ({error}); give a path that every worker may write to") from error


def shard_names(url: str, version: str) -> list[str]:
    """Return the names of the shards that this version has left there, sorted; none where there is no folder yet."""
    files, folder = _folder(url, version)
    try:
        return sorted(path.rpartition("/")[2] for path in files.ls(folder, detail=False) if path.endswith(SUFFIX))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise KgError(f"{url}: cannot be read ({error})") from error


def read_shard(url: str, version: str, name: str) -> bytes:
    """Return the bytes of a shard."""
    files, folder = _folder(url, version)
    try:
        data: bytes = files.cat_file(f"{folder}/{name}")
    except OSError as error:
        raise KgError(
            f"{url}/{version}/{name}: a worker wrote it, but it cannot be read here ({error}); is it a path that all machines share?"
        ) from error
    return data


def _folder(url: str, version: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs

        files, root = url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise UsageError(f"--shards {url}: {error}") from error
    files.invalidate_cache()
    return files, f"{root.rstrip('/')}/{version}"
