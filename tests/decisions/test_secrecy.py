"""Nobody who holds the database, its write-ahead log and its backups knows who cast which paper.

The attacker of these tests knows in which order people were ticked on the roll (it stood at the
door), knows that papers went into the box and came out of it in the same order (the worst box),
and knows that one paper differs from all others. It guesses whose that one is.

On PostgreSQL the order of the marks' rows and of their transactions (`ctid`, `xmin`) tells who came
when. That is no link to a paper: papers are kept as piles, which have no order.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import struct
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from ayil.decisions.actions import (
    close_poll,
    count_poll,
    count_quorum,
    enter_sheet,
    freeze_roll,
    open_poll,
    tick_attendance,
)
from ayil.decisions.models import AttendanceMark, CountSheet, Poll, PollTally
from ayil.decisions.rules import Piles
from tests.decisions.attacker import (
    ODD,
    USUAL,
    VOTERS,
    Seen,
    hits,
    most_by_chance,
    no_better_than_chance,
)
from tests.decisions.barskoon import AT, Barskoon
from tests.rig import machine
from tests.rig.client import Client
from tests.rig.postgres import clean_environment
from tests.rig.threads import shared_file
from tests.site.cast import account_of

pytestmark = pytest.mark.django_db(transaction=True)

VOTES = 30


def papers_of(odd: int) -> list[list[int]]:
    """The papers as they lay in the box."""
    return [[ODD] if place == odd else [USUAL] for place in range(VOTERS)]


def met_in_order(papers: Sequence[Sequence[int]]) -> Piles:
    """Piles in the order in which the first paper of each was met."""
    return tuple(Counter(tuple(paper) for paper in papers).items())


def as_people_came(barskoon: Barskoon, order: Sequence[int]) -> Poll:
    """Each is ticked when they come, in a transaction of their own; the vote opens and closes."""
    for number in order:
        tick_attendance(assembly=barskoon.assembly, numbers=[number])
    count_quorum(assembly=barskoon.assembly, by=barskoon.registrar, at=AT)
    poll = open_poll(assembly=barskoon.assembly, by=barskoon.registrar, at=AT)
    close_poll(poll=poll, issued=VOTERS, unused=0, by=barskoon.registrar, at=AT)
    return poll


def typed_in_order(barskoon: Barskoon, poll: Poll, papers: Sequence[Sequence[int]]) -> None:
    """Both counters type piles on the page in the order in which they met them in the box."""
    met = met_in_order(papers)
    for who in (barskoon.counter, barskoon.second):
        client = Client()
        client.force_login(account_of(who))
        said: dict[str, Any] = {"uid": str(UUID(int=RANDOM.getrandbits(128))), "rows": 8}
        said |= {"none": 0, "spoiled": 0, "tapped": ""}
        for row, (marks, papers_of_it) in enumerate(met):
            said |= {f"mark-{row}-{number}": "on" for number in marks}
            said[f"papers-{row}"] = papers_of_it
        address = f"/assemblies/{barskoon.assembly.uid}/vote/count/"
        assert client.post(address, said).status_code == 302
    count_poll(poll=poll, by=barskoon.counter, at=AT)


RANDOM = Random(20120512)


def rows_of(poll: Poll) -> tuple[list[list[list[Any]]], dict[str, int]]:
    """The sheets' piles, and every number beside them that could hide a place."""
    sheets = list(CountSheet.objects.filter(poll=poll))
    tally = PollTally.objects.get(poll=poll)
    numbers = {
        "the salt": int.from_bytes(bytes(tally.salt), "big"),
        "the commitment": int.from_bytes(bytes(tally.commitment), "big"),
        "the tally's seal": int.from_bytes(bytes(tally.sha256), "big"),
    }
    for which, sheet in enumerate(sheets):
        numbers |= {
            f"uid of sheet {which}": sheet.uid.int,
            f"key of sheet {which}": sheet.pk,
            f"time of sheet {which}": int(sheet.entered_at.timestamp() * 1_000_000),
        }
    return [sheet.piles for sheet in sheets], numbers


def prepared(code: str = "barskoon") -> Barskoon:
    """A frozen roll of twelve of whom ten will come, three proposals, nobody ticked yet."""
    barskoon = Barskoon(code, code)
    barskoon.hang()
    freeze_roll(assembly=barskoon.assembly, by=barskoon.registrar, at=AT)
    barskoon.propose()
    return barskoon


def came(random: Random) -> list[int]:
    return random.sample(range(1, VOTERS + 1), VOTERS)


# SQLite: the file, its log, a backup, a dump


@pytest.fixture
def on_disk(tmp_path: Path) -> Iterator[tuple[Barskoon, Callable[[], None]]]:
    """A village in a file; what is called puts the file back as it was before the vote."""
    if connection.vendor != "sqlite":
        yield prepared(), lambda: None
        return
    with shared_file():
        barskoon = prepared()
        path = Path(connection.settings_dict["NAME"])
        connection.close()
        shutil.copy(path, tmp_path / "before.sqlite3")

        def again() -> None:
            connection.close()
            for left in path.parent.glob(path.name + "*"):
                left.unlink()
            shutil.copy(tmp_path / "before.sqlite3", path)
            with connection.cursor() as cursor:  # all of the log is left to the attacker
                cursor.execute("PRAGMA wal_autocheckpoint = 0")

        yield barskoon, again


def files_now(folder: Path) -> dict[str, bytes]:
    """The database's file, its log, a backup and a dump, while it is open."""
    path = Path(connection.settings_dict["NAME"])
    backup = folder / "backup.sqlite3"
    backup.unlink(missing_ok=True)
    with sqlite3.connect(backup) as into:
        assert connection.connection is not None
        connection.connection.backup(into)
        dump = "\n".join(into.iterdump())
    into.close()
    return {
        "the file": path.read_bytes(),
        "the log": Path(f"{path}-wal").read_bytes(),
        "the backup": backup.read_bytes(),
        "the dump": dump.encode(),
    }


def frames(log: bytes) -> list[bytes]:
    """The pages in the order in which they were written, without the log's own random signs."""
    size = struct.unpack(">I", log[8:12])[0]
    return [
        log[at : at + 8] + log[at + 24 : at + 24 + size] for at in range(32, len(log), 24 + size)
    ]


def only_on(vendor: str) -> None:
    if connection.vendor != vendor:
        pytest.skip(f"this attack is on {vendor}'s files")


def test_who_cast_which_paper_changes_no_byte(
    on_disk: tuple[Barskoon, Callable[[], None]], tmp_path: Path
) -> None:
    """The same people came in the same order, and the odd paper was another one's each time: the
    file, its log page by page, the backup and the dump are the same to the byte."""
    only_on("sqlite")
    barskoon, again = on_disk
    order = came(Random(7))
    found = []
    for odd in range(0, VOTERS, 3):
        again()
        poll = as_people_came(barskoon, order)
        piles = met_in_order(papers_of(odd))
        for number, who in enumerate((barskoon.counter, barskoon.second)):
            enter_sheet(
                poll=poll, counter=who, piles=piles, spoiled=0, by=who, at=AT,
                uid=UUID(int=number + 1),
            )  # fmt: skip
        count_poll(poll=poll, by=barskoon.counter, at=AT, draw=lambda many: b"\x07" * many)
        files = files_now(tmp_path)
        log = files.pop("the log")
        found.append((files, frames(log)))
    assert all(one == found[0] for one in found)
    assert len(found[0][1]) > VOTERS


def test_files_and_backups_link_voter_and_paper_no_better_than_chance(
    on_disk: tuple[Barskoon, Callable[[], None]], tmp_path: Path
) -> None:
    only_on("sqlite")
    barskoon, again = on_disk
    votes, random = [], Random(40)
    for _vote in range(VOTES):
        again()
        order, odd = came(random), random.randrange(VOTERS)
        poll = as_people_came(barskoon, order)
        typed_in_order(barskoon, poll, papers_of(odd))
        stored, numbers = rows_of(poll)
        votes.append(Seen(order, odd, stored, files_now(tmp_path), numbers))
    no_better_than_chance(votes)


def test_the_log_tells_who_came_when_and_nothing_else(
    on_disk: tuple[Barskoon, Callable[[], None]], tmp_path: Path
) -> None:
    """The attacker is no straw man: cut where a transaction ended, the log gives the order in which
    people were ticked."""
    only_on("sqlite")
    barskoon, again = on_disk
    again()
    order = came(Random(3))
    as_people_came(barskoon, order)
    path = Path(connection.settings_dict["NAME"])
    log = Path(f"{path}-wal").read_bytes()
    size = struct.unpack(">I", log[8:12])[0]
    ends = [
        at + 24 + size
        for at in range(32, len(log), 24 + size)
        if struct.unpack(">I", log[at + 4 : at + 8])[0]
    ]
    told: list[int] = []
    numbers = dict(barskoon.assembly.roll.values_list("pk", "number"))
    for end in ends:
        cut = tmp_path / "cut.sqlite3"
        shutil.copy(path, cut)
        Path(f"{cut}-wal").write_bytes(log[:end])
        with sqlite3.connect(cut) as then:
            marks = [
                row[0] for row in then.execute("SELECT entry_id FROM decisions_attendancemark")
            ]
        then.close()
        Path(f"{cut}-wal").unlink(missing_ok=True)
        told += [numbers[mark] for mark in marks if numbers[mark] not in told]
    assert told == order


# PostgreSQL: rows' places, transactions, dump and log


def program(name: str, *words: str) -> bytes:
    """What one of PostgreSQL's own programs says of the tests' cluster."""
    folder = machine.postgres_folder()
    assert folder is not None
    done = subprocess.run(
        [str(folder / name), *words], env=clean_environment(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()[-500:]
    return done.stdout


def test_rows_transactions_dump_and_log_link_no_better_than_chance() -> None:
    only_on("postgresql")
    votes, random = [], Random(41)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_lsn()::text")
        begin = cursor.fetchone()[0]
    for vote in range(VOTES):
        barskoon = prepared(f"village-{vote}")
        order, odd = came(random), random.randrange(VOTERS)
        poll = as_people_came(barskoon, order)
        typed_in_order(barskoon, poll, papers_of(odd))
        stored, numbers = rows_of(poll)
        told = by_transaction(barskoon)
        assert told == order, "xmin tells who came when, as the roll's ticking does in the open"
        votes.append(Seen(order, odd, stored, {}, numbers | sheets_in_the_heap(poll)))
    database = connection.settings_dict
    where = ["-h", str(database["HOST"]), "-U", str(database["USER"])]
    dump = program("pg_dump", *where, "--data-only", "-t", "decisions_*", str(database["NAME"]))
    log = written_ahead(str(database["HOST"]), begin)
    for seen, near in zip(votes, sheets_in(dump), strict=True):
        seen.files = {"the dump": near, **({"the log": log} if log else {})}
    no_better_than_chance(votes)
    if not log:
        pytest.skip("the cluster's write-ahead log is not ours to read: looked at all but that")
    assert b"INSERT" in log


def by_transaction(barskoon: Barskoon) -> list[int]:
    """The roll's numbers in the order of the transactions that ticked them."""
    marks = AttendanceMark.objects.filter(entry__assembly=barskoon.assembly).extra(
        select={"by": "decisions_attendancemark.xmin::text::bigint"}
    )
    return [mark.entry.number for mark in sorted(marks, key=lambda mark: mark.by)]


def sheets_in_the_heap(poll: Poll) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (ctid::text::point)[0]::bigint, (ctid::text::point)[1]::bigint, "
            "xmin::text::bigint FROM decisions_countsheet WHERE poll_id = %s ORDER BY id",
            [poll.pk],
        )
        rows = cursor.fetchall()
    names = ("page", "line", "transaction")
    return {
        f"{name} of row {which}": value
        for which, row in enumerate(rows)
        for name, value in zip(names, row, strict=True)
    }


def sheets_in(dump: bytes) -> list[bytes]:
    """The lines of the dump with the sheets, two of each vote."""
    lines = [line for line in dump.split(b"\n") if b"[[2], 1]" in line]
    assert len(lines) == 2 * VOTES
    return [b"\n".join(lines[at : at + 2]) for at in range(0, len(lines), 2)]


def written_ahead(host: str, begin: str) -> bytes:
    """What pg_waldump reads in the log since then; nothing where the log's folder is not ours."""
    folder = Path(host, "data", "pg_wal")
    if not folder.is_dir():
        return b""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_lsn()::text")
        end = cursor.fetchone()[0]
    said = program("pg_waldump", "-p", str(folder), "-s", begin, "-e", end, "-r", "Heap")
    return b"\n".join(re.findall(rb"INSERT[^\n]*", said))


# The attacker finds a link where there is one


def test_papers_kept_one_by_one_would_be_found_out() -> None:
    """The same guesses on rows that keep the papers in the order of the box: all are right."""
    random, votes = Random(5), []
    for _vote in range(VOTES):
        order, odd = came(random), random.randrange(VOTERS)
        leaking = [[marks, 1] for marks in papers_of(odd)]
        votes.append(Seen(order, odd, [leaking]))
    found = hits(votes)
    assert found["papers before it on sheet 0, as they came"] == VOTES
    with pytest.raises(AssertionError):
        no_better_than_chance(votes)
    assert most_by_chance(VOTES, len(found)) < VOTES // 2
