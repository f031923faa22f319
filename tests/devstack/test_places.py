from __future__ import annotations

import os
from pathlib import Path

import pytest

from config.devstack import places as module
from config.devstack.account import Account, account_for
from config.devstack.places import DATABASE_FOLDER, Places, StackError

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can act for somebody else")


def test_the_same_state_directory_has_the_same_sockets(tmp_path: Path) -> None:
    assert Places(tmp_path).sockets == Places(tmp_path / "." / ".").sockets
    assert Places(tmp_path).sockets != Places(tmp_path / "other").sockets


def test_a_socket_path_is_short_enough_for_the_kernel(tmp_path: Path) -> None:
    deep = tmp_path / ("a long name with spaces " * 8)
    assert len(str(Places(deep).sockets / ".s.PGSQL.5432")) < 100


def test_a_folder_of_sockets_that_others_can_enter_is_refused(tmp_path: Path) -> None:
    places = Places(tmp_path)
    places.sockets = tmp_path / "sockets"
    places.sockets.mkdir(mode=0o755)
    places.sockets.chmod(0o755)
    with pytest.raises(StackError, match="belongs to somebody else"):
        places.make_sockets()


def test_a_link_in_place_of_the_sockets_is_refused(tmp_path: Path) -> None:
    places = Places(tmp_path)
    places.sockets = tmp_path / "sockets"
    places.sockets.symlink_to(tmp_path)
    with pytest.raises(StackError):
        places.make_sockets()


def test_the_sockets_are_closed_to_others(tmp_path: Path) -> None:
    places = Places(tmp_path)
    places.sockets = tmp_path / "sockets"
    places.make_sockets()
    places.make_sockets()
    found = places.sockets.stat()
    assert (found.st_mode & 0o777, found.st_uid) == (0o700, places.account.uid)


def test_a_state_directory_that_cannot_be_made_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    places = Places(tmp_path / "file" / "state")
    made = places.make_state()
    assert made == Path("/var/tmp") / places.name
    made.rmdir()


@as_root
def test_a_state_directory_in_a_closed_home_is_replaced_and_stays_closed(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    places = Places(tmp_path / "state")
    made = places.make_state()
    assert made == Path("/var/tmp") / places.name
    assert tmp_path.stat().st_mode & 0o777 == 0o700
    made.rmdir()


@as_root
def test_root_runs_the_servers_as_the_owner_of_their_data(tmp_path: Path) -> None:
    data = tmp_path / DATABASE_FOLDER
    assert account_for(data) == Account(65534, 65534)
    data.mkdir()
    os.chown(data, 12345, 12346)
    assert account_for(data) == Account(12345, 12346)


def test_anybody_else_runs_them_as_themselves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    monkeypatch.setattr(os, "getegid", lambda: 4712)
    account = account_for(tmp_path)
    assert account == Account(4711, 4712)
    assert account.process_options() == {}


def test_the_state_lies_where_the_settings_keep_their_files() -> None:
    expected = os.environ.get("OVERTURN_DATA_DIR") or module.PROJECT / "var"
    assert Path(expected) == module.LOCAL_STATE
