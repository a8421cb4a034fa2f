"""Searching many reports, beside plain SQLite FTS5 on the same text in the same run.

`python -m tools.bench.finding --reports 100000`: a vault of made-up reports in twelve languages,
each with an act; then whole keystrokes (the words of a search letter by letter, up to the rows of
the page with their state and the words found). Aims: p95 of a keystroke 50 ms; 1.5 × of FTS5; the
first page 100 ms. `--keep FOLDER` leaves the vault there, and measures the one that is there.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Final

import sqlcipher3

from app import asking, filterchoices, filters, incidents, samples, snippets, store
from app.incidents import Filter, Sort
from app.records import Act, FuzzyRange, Incident, LText, Person
from app.records.ids import IncidentId, PersonId
from app.records.values import TermRef
from app.storage import finding_queries, grams
from app.vault import Vault
from crypto.kdf import FLOOR
from crypto.secret import Passphrase

REPORTS: Final = 20_000
KEYSTROKES: Final = 400
KEYSTROKE_AIM: Final = 0.050
FTS5_AIM: Final = 1.5
FIRST_PAGE_AIM: Final = 0.100
_BATCH: Final = 2_000
_PEOPLE: Final = 300
_ROWS: Final = incidents.PAGE + 1
_PASSPHRASE: Final = "a passphrase for measuring alone"
_ACTS: Final = ("threat", "arrest", "photographing_filming", "travel_ban", "dismissal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """How long calls took, in seconds; `cpu`: of the processor, whatever else is at work."""

    seconds: tuple[float, ...]
    cpu: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        return _p95(self.seconds)


def _p95(values: tuple[float, ...]) -> float:
    return sorted(values)[int(0.95 * (len(values) - 1))]


def words_of_samples() -> list[list[str]]:
    """The words of each invented report."""
    return [
        f"{case.incident.title.text} {case.incident.narrative.text}".split()
        for case in samples.all_cases()
    ]


def fill(vault: Vault, count: int, chance: random.Random) -> None:
    """Put made-up reports into the vault: words of the samples, dates, an act each."""
    vocabulary = words_of_samples()
    people = [store.save(vault, Person()).record for _ in range(_PEOPLE)]
    for begin in range(0, count, _BATCH):
        with vault.transaction() as tx:
            for number in range(begin, min(count, begin + _BATCH)):
                incident, act = _report(vocabulary[number % len(vocabulary)], number, chance)
                store.put(vault, tx, incident)
                victim = PersonId(chance.choice(people).id)
                store.put(vault, tx, replace(act, victim=victim))


def _report(vocabulary: Sequence[str], number: int, chance: random.Random) -> tuple[Incident, Act]:
    said = " ".join(chance.choices(vocabulary, k=60))
    incident = Incident(
        title=LText.of(" ".join(chance.choices(vocabulary, k=5)) + f" {number}", "en"),
        narrative=LText.of(said, "en"),
        period=FuzzyRange.on(date(2015, 1, 1) + timedelta(days=number % 4000)),
    )
    act = Act(
        incident=IncidentId(incident.id),
        act_type=TermRef(list="act_type", key=chance.choice(_ACTS)),
        description=LText.of(" ".join(chance.choices(vocabulary, k=20)), "en"),
    )
    return incident, act


def keystrokes(chance: random.Random) -> list[str]:
    """What stands in the search field after each key: words letter by letter, some of them two."""
    vocabulary = [word for words in words_of_samples() for word in words]
    found: list[str] = []
    while len(found) < KEYSTROKES:
        typed = " ".join(chance.choices(vocabulary, k=chance.choice((1, 1, 2))))
        found += [typed[:end] for end in range(1, len(typed) + 1)]
    return found[:KEYSTROKES]


def lines(folder: Path, reports: int) -> Iterator[str]:
    """One line a measurement."""
    chance = random.Random(20260314)
    place = folder / f"{reports}"
    if not place.exists():
        yield _filled(place, reports)
    with Vault.open(place, Passphrase.of(_PASSPHRASE)) as vault:
        first = _timed([partial(_page, vault, filters.ALL)] * 20)
        yield _told("first page", first, FIRST_PAGE_AIM)
        yield _told("last pages", _timed(_last_pages(vault)), FIRST_PAGE_AIM)
        asked = keystrokes(chance)
        ours = _timed(partial(_page, vault, Filter(words=typed)) for typed in asked)
        yield _told(f"a keystroke ({len(asked)} of them)", ours, KEYSTROKE_AIM)
        short = [typed for typed in asked if len(typed) <= 2]
        few = _timed(partial(_page, vault, Filter(words=typed)) for typed in short)
        yield _told(f"one or two letters ({len(short)})", few, KEYSTROKE_AIM)
        common = [Filter(words=typed) for typed in ("e", "e the", "the zzz", "会", "a b c d e f")]
        for sort in Sort:
            seen = _timed(partial(_page, vault, where, sort) for where in common * 4)
            yield _told(f"common words, sorted by {sort.value}", seen, KEYSTROKE_AIM)
        longer = [typed for typed in asked if _long(typed)]
        yield _beside(_searched(vault, longer), _plain_fts5(folder / "plain", vault, longer))
        for sort in Sort:
            seen = _timed([partial(incidents.page, vault, sort=sort)] * 10)
            yield _told(f"sorted by {sort.value}", seen, FIRST_PAGE_AIM)
        chosen = [Filter(acts=frozenset({key})) for key in _ACTS]
        chosen.append(Filter(since=date(2020, 1, 1), until=date(2020, 2, 1)))
        chosen.append(Filter(words="a", acts=frozenset({"arrest"})))
        chosen.append(Filter(consent_missing="publish"))
        seen = _timed(partial(_page, vault, where) for where in chosen * 3)
        yield _told("with a filter", seen, KEYSTROKE_AIM)
        offered = _timed([partial(filterchoices.every, vault)] * 3)
        yield _told("what filters can be set to", offered, FIRST_PAGE_AIM)
        fresh = [_report(["x"], number, chance)[0] for number in range(50)]
        saved = _timed(partial(store.save, vault, each) for each in fresh)
        yield _told("save a report", saved, 0.1)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        yield f"peak memory of the process: {peak:.0f} MiB"


def _filled(place: Path, reports: int) -> str:
    wall, cpu = time.perf_counter(), time.process_time()
    with Vault.create(place, Passphrase.of(_PASSPHRASE), cost=FLOOR) as vault:
        fill(vault, reports, random.Random(1))
        vault.database.checkpoint()
    size = (place / "1.dat").stat().st_size / 1024**2
    return (
        f"{reports} reports made in {time.perf_counter() - wall:.0f} s, "
        f"cpu {time.process_time() - cpu:.0f} s; the database has {size:.0f} MiB"
    )


def _page(vault: Vault, where: Filter, sort: Sort = Sort.CHANGED) -> None:
    """All that the list asks for after a key: ui/pages/incident_list.py."""
    found = incidents.page(vault, where, sort)
    snippets.of(vault, [each.id for each in found.rows], where.words)
    incidents.states(vault)


def _last_pages(vault: Vault) -> Iterator[Callable[[], object]]:
    """Pages far behind the first, by their key as the window asks for them."""
    after = incidents.page(vault, limit=1).more
    while after is not None:
        after = replace(after, entry=after.entry // 2, key=after.entry // 2)
        yield partial(incidents.page, vault, after=after)
        if after.entry < 100:
            return


def _searched(vault: Vault, asked: Sequence[str]) -> Times:
    """The search alone, without reading the reports that it finds."""

    def ask(typed: str) -> None:
        wanted = filters.wanted(vault, Filter(words=typed))
        finding_queries.page(vault.database, wanted, finding_queries.BY_CHANGE, None, _ROWS)

    return _timed_warm(partial(ask, typed) for typed in asked)


def _plain_fts5(place: Path, vault: Vault, asked: Sequence[str]) -> Times:
    """The same texts in an FTS5 table as it comes, with trigrams, in a file and unencrypted."""
    place.unlink(missing_ok=True)
    with closing(sqlcipher3.connect(place)) as plain:
        plain.execute("CREATE VIRTUAL TABLE t USING fts5 (words, tokenize = 'trigram')")
        plain.executemany(
            "INSERT INTO t (rowid, words) VALUES (?, ?)",
            vault.database.rows("SELECT entry, folded FROM found_text ORDER BY entry"),
        )
        plain.commit()

        def ask(typed: str) -> None:
            words = asking.words_of(typed)
            match = " AND ".join('"' + each.replace('"', '""') + '"' for each in words)
            plain.execute(
                "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rowid DESC LIMIT ?", (match, _ROWS)
            ).fetchall()

        return _timed_warm(partial(ask, typed) for typed in asked)


def _beside(ours: Times, plain: Times) -> str:
    clock = sum(ours.seconds) / sum(plain.seconds)
    cpu = sum(ours.cpu) / sum(plain.cpu)
    return (
        f"the search alone, words of three letters or more: {clock:.2f} × of plain FTS5 trigrams, "
        f"of the processor {cpu:.2f} × (aim {FTS5_AIM} ×: {_met(cpu, FTS5_AIM)}); "
        f"mean {_mean(ours):.2f} ms beside {_mean(plain):.2f} ms, "
        f"p95 {ours.p95 * 1000:.2f} ms beside {plain.p95 * 1000:.2f} ms"
    )


def _mean(times: Times) -> float:
    return 1000 * statistics.mean(times.seconds)


def _long(typed: str) -> bool:
    words = asking.words_of(typed)
    return bool(words) and all(len(word) >= grams.LONGEST for word in words)


def _timed(calls: Iterable[Callable[[], object]]) -> Times:
    seconds, cpu = [], []
    for call in calls:
        begun, before = time.perf_counter(), time.thread_time()
        call()
        cpu.append(time.thread_time() - before)
        seconds.append(time.perf_counter() - begun)
    return Times(seconds=tuple(seconds), cpu=tuple(cpu))


def _timed_warm(calls: Iterable[Callable[[], object]]) -> Times:
    """The second time of each: both databases have read their pages by then."""
    asked = list(calls)
    for call in asked:
        call()
    return _timed(asked)


def _told(what: str, times: Times, aim: float) -> str:
    cpu = _p95(times.cpu)
    return (
        f"{what}: median {times.median * 1000:.1f} ms, p95 {times.p95 * 1000:.1f} ms "
        f"(aim {aim * 1000:.0f} ms: {_met(times.p95, aim)}); "
        f"of the processor p95 {cpu * 1000:.1f} ms ({_met(cpu, aim)})"
    )


def _met(seconds: float, aim: float) -> str:
    return "met" if seconds <= aim else "not met"


def main() -> None:
    """Print one line a measurement, as each is done."""
    parser = argparse.ArgumentParser(prog="finding")
    parser.add_argument("--reports", type=int, default=REPORTS)
    parser.add_argument("--in", dest="place", type=Path)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    if asked.keep is not None:
        asked.keep.mkdir(parents=True, exist_ok=True)
        _print(lines(asked.keep, asked.reports))
        return
    with tempfile.TemporaryDirectory(dir=asked.place) as folder:
        _print(lines(Path(folder), asked.reports))


def _print(told: Iterable[str]) -> None:
    for line in told:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
