import os
from pathlib import Path

import pytest

from briefs.export.whole_file import OF_THE_OWNER, whole_file


def write(path: Path, content: bytes, *rights: int) -> None:
    with whole_file(path, *rights) as file:
        file.write(content)


def break_off(path: Path) -> None:
    with whole_file(path) as file:
        file.write(b"half")
        raise KeyboardInterrupt


def test_a_file_is_there_once_it_is_whole(tmp_path):
    path = tmp_path / "brief.md"
    with whole_file(path) as file:
        file.write(b"half")
        assert not path.exists()
    assert path.read_bytes() == b"half"
    assert list(tmp_path.iterdir()) == [path]


def test_what_was_there_stays_when_writing_breaks_off(tmp_path):
    path = tmp_path / "brief.md"
    write(path, b"before")
    with pytest.raises(KeyboardInterrupt):
        break_off(path)
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_one(tmp_path):
    path, link = tmp_path / "brief.md", tmp_path / "newest"
    path.write_bytes(b"before")
    link.symlink_to(path)
    write(link, b"after")
    assert link.is_symlink()
    assert path.read_bytes() == b"after"


def test_the_rights_are_those_that_a_file_has_here(tmp_path):
    (tmp_path / "usual").write_bytes(b"")
    write(tmp_path / "ours", b"")
    write(tmp_path / "secret", b"", OF_THE_OWNER)
    usual, ours, secret = (
        (tmp_path / name).stat().st_mode & 0o777 for name in ("usual", "ours", "secret")
    )
    assert ours == usual
    assert secret == 0o600


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_file_is_not_replaced(tmp_path, make):
    path = tmp_path / "brief.md"
    make(path)
    with pytest.raises(OSError, match="it is no file"):
        write(path, b"after")
    assert list(tmp_path.iterdir()) == [path]
    assert not path.is_file()
