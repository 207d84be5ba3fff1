"""A damaged cache is thrown away and its work begun once more; any other error is none of that."""

import sqlite3
from pathlib import Path

import pytest

from digest.store.cache import Cache, use_cache
from digest.store.damage import DamagedError


def full_disk() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return error


def test_work_is_begun_once_more_with_a_new_cache_if_the_former_is_damaged(tmp_path: Path) -> None:
    with Cache.open(tmp_path, "1") as cache:
        cache.save_fact("entries", b"3")
        cache.commit()
    found: list[bytes | None] = []

    def begin(cache: Cache) -> str:
        found.append(cache.fact("entries"))
        if len(found) == 1:
            raise DamagedError("a value is not what was put in")
        return cache.remark

    with use_cache(tmp_path, "1", begin) as remark:
        assert remark == "the cache is damaged and is made anew (a value is not what was put in)"
    assert found == [b"3", None]


def test_work_that_finds_damage_twice_is_given_up(tmp_path: Path) -> None:
    begun: list[Cache] = []

    def begin(cache: Cache) -> None:
        begun.append(cache)
        raise DamagedError

    with pytest.raises(DamagedError), use_cache(tmp_path, "1", begin):
        pass
    assert len(begun) == 2


def test_a_full_disk_leaves_the_cache_as_it_is(tmp_path: Path) -> None:
    with Cache.open(tmp_path, "1") as cache:
        cache.save_fact("entries", b"3")
        cache.commit()

    def begin(_cache: Cache) -> None:
        raise full_disk()

    with pytest.raises(sqlite3.OperationalError, match="disk is full"), use_cache(tmp_path, "1", begin):
        pass
    with Cache.open(tmp_path, "1") as cache:
        assert cache.fact("entries") == b"3"


def test_an_error_after_the_work_has_begun_throws_nothing_away(tmp_path: Path) -> None:
    def begin(cache: Cache) -> None:
        cache.save_fact("entries", b"3")
        cache.commit()

    with pytest.raises(DamagedError), use_cache(tmp_path, "1", begin):
        raise DamagedError
    with Cache.open(tmp_path, "1") as cache:
        assert cache.fact("entries") == b"3"
