"""The form of resources/samples.json: read strictly, so that nothing of a sample is overlooked."""

from __future__ import annotations

from importlib.resources import files

import msgspec


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A member that no field takes is an error, not a silent loss."""


class SampleText(_Part, frozen=True):
    text: str
    lang: str


class SampleDate(_Part, frozen=True):
    original_text: str
    lang: str
    calendar: str
    edtf: str
    earliest: str
    latest: str
    precision: str
    qualifier: str
    time_of_day: str = ""
    zone: str = ""
    relative_to: str = ""
    alternatives: tuple[str, ...] = ()


class SampleName(_Part, frozen=True):
    full: str
    lang: str
    type: str
    primary: bool
    parts: dict[str, str]


class SamplePerson(_Part, frozen=True):
    code: str
    identity_mode: str
    names: tuple[SampleName, ...] = ()
    gender: str = ""
    age_bracket: str = ""
    victim_roles: tuple[str, ...] = ()
    relation: str = ""
    example_only_name: str = ""
    former_name: str = ""


class SampleEngagement(_Part, frozen=True):
    un_body: str
    type: str
    state: str
    period: SampleDate
    subject: str
    public_or_confidential: str


class SamplePerpetrator(_Part, frozen=True):
    type: str
    degree: str
    note: str


class SampleLink(_Part, frozen=True):
    timing: str
    basis: tuple[str, ...]
    strength: str


class SampleLiberty(_Part, frozen=True):
    access_lawyer: str
    access_family: str
    next_hearing: str


class SampleAct(_Part, frozen=True):
    act_type: str
    victim: str
    period: SampleDate
    location_type: str
    description: SampleText
    perpetrators: tuple[SamplePerpetrator, ...] = ()
    engagement_link: SampleLink | None = None
    legality: str = ""
    stated_reason: tuple[str, ...] = ()
    liberty: SampleLiberty | None = None
    digital: tuple[str, ...] = ()
    procedural: tuple[str, ...] = ()
    obstruction_outcome: str = ""
    time_lost_seconds: int | None = None
    interruptions: int | None = None
    transnational: str = ""
    lag_days: str = ""


class SampleConsent(_Part, frozen=True):
    given_by: str
    method: str
    decisions: dict[str, str]


Question = tuple[str, str, str, str]  # asked by, theme, assessment, words
Review = tuple[str, str, str, tuple[Question, ...]]  # session, type, outcome, questions


class SampleApplication(_Part, frozen=True):
    type: str
    status_sought: str
    reviews: tuple[Review, ...]


class Sample(_Part, frozen=True):
    ref: str
    title: str
    lang: str
    states: str
    exercises: str
    people: tuple[SamplePerson, ...]
    engagements: tuple[SampleEngagement, ...]
    acts: tuple[SampleAct, ...]
    evidence: tuple[tuple[str, str], ...]
    consent: SampleConsent
    verification: str
    risk: tuple[str, tuple[str, ...]]
    urgency: str
    follow: tuple[tuple[str, str], ...]
    state_response: str
    outcome: str
    harm: tuple[str, ...] = ()
    application: SampleApplication | None = None
    child_view: str = ""
    recall: str = ""


class _File(_Part, frozen=True):
    fictional: bool
    samples: tuple[Sample, ...]


def read() -> tuple[Sample, ...]:
    """The twelve samples as they stand in the file that comes with the program."""
    data = files("resources").joinpath("samples.json").read_bytes()
    return msgspec.json.decode(data, type=_File).samples
