"""The cache gives back what was put in, and trusts nothing else."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from briefing import caching
from briefing.caching import Cache
from briefing.model import Found, Rejected
from briefing.shelving import Shelf, Shelves, loaded, unpack


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """An empty cache."""
    return Cache(tmp_path / "cache")


def entry(tmp_path: Path) -> Path:
    """The one file of the cache."""
    (path,) = (path for path in (tmp_path / "cache").glob("*/*") if path.is_file())
    return path


def test_what_was_put_in_comes_out(cache: Cache) -> None:
    """A value of the model survives the way to the disk and back."""
    key = cache.key("a", 1)
    cache.put(key, Rejected("a.txt", "no article", "déjà vu"))
    assert cache.get(key) == Rejected("a.txt", "no article", "déjà vu")


def test_other_parts_or_another_code_version_give_another_key(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever bears on a result is in its key: the parts, and the version of the code."""
    key = cache.key("a", 1)
    assert cache.key("a", 2) != key
    assert cache.key("a1") != key
    monkeypatch.setattr(caching, "code_version", lambda: "another")
    assert cache.key("a", 1) != key


@pytest.mark.parametrize("damage", [b"", b"briefing cache 1\n", b"nonsense" * 100])
def test_a_damaged_entry_is_ignored_and_replaced(cache: Cache, tmp_path: Path, damage: bytes) -> None:
    """An entry that is cut or overwritten is as if it were not there."""
    key = cache.key("a")
    cache.put(key, Found("x", "y"))
    entry(tmp_path).write_bytes(damage)
    assert cache.get(key) is None
    cache.put(key, Found("x", "y"))
    assert cache.get(key) == Found("x", "y")


def test_one_flipped_bit_is_noticed(cache: Cache, tmp_path: Path) -> None:
    """A single changed bit anywhere makes an entry worthless."""
    key = cache.key("a")
    cache.put(key, Found("x", "y"))
    whole = entry(tmp_path).read_bytes()
    for at in range(0, len(whole), 7):
        flipped = bytearray(whole)
        flipped[at] ^= 1
        entry(tmp_path).write_bytes(bytes(flipped))
        assert cache.get(key) is None


class Harm:
    """What makes a folder when it is unpacked by an unpickler that builds everything."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[object, ...]:
        """A call, as pickles may hold them."""
        return os.mkdir, (str(self.folder),)


def test_neither_head_nor_piece_of_a_source_can_call_anything(tmp_path: Path) -> None:
    """What stands on the shelf builds values of the model and nothing else."""
    harm = pickle.dumps(Harm(tmp_path / "harmed"))
    with pytest.raises(pickle.UnpicklingError):
        unpack(harm, Shelf("key", bytes, Shelves()))
    with pytest.raises(pickle.UnpicklingError):
        loaded(harm)
    assert not (tmp_path / "harmed").exists()


def test_an_entry_cannot_call_anything(cache: Cache, tmp_path: Path) -> None:
    """An entry with a right checksum but a call in it is refused, and the call is not made."""
    key = cache.key("a")
    cache.put(key, Harm(tmp_path / "harmed"))
    assert b"mkdir" in pickle.dumps(Harm(tmp_path / "harmed"))
    assert cache.get(key) is None
    assert not (tmp_path / "harmed").exists()


def test_sweeping_forgets_what_no_build_needs(cache: Cache) -> None:
    """Entries of sources that changed or went are removed."""
    kept, gone = cache.key("kept"), cache.key("gone")
    cache.put(kept, Found("x", "y"))
    cache.put(gone, Found("x", "y"))
    cache.sweep({kept})
    assert cache.get(kept) is not None
    assert cache.get(gone) is None


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    """Without a place for it, the build is only slower."""
    (tmp_path / "file").write_text("no folder")
    cache = Cache(tmp_path / "file")
    cache.put(cache.key("a"), Found("x", "y"))
    assert cache.get(cache.key("a")) is None
