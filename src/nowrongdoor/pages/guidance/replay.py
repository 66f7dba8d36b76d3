"""A version run over past decisions: who would get another answer, and what cannot be known."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from nowrongdoor.kernel.access_log.looking import Seen
from nowrongdoor.nhsuk import answers, code_words, wording
from nowrongdoor.pages.guidance.views import show
from nowrongdoor.pages.guidance.wording import title
from nowrongdoor.reading import guidance_versions as reading
from nowrongdoor.rules import equality, figures, local_guidance, replaying
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import deprivation
from nowrongdoor.rules.replaying import Interval, Replay

SPLITS = equality.SPLITS | {"team": "Where it came from", "known": "How much is known of the case"}


@require_safe
def replayed(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Past decisions of people in whose care this agency has a part, with no small number."""
    line, at = reading.one(version_id), request.at
    cases, more = reading.cases(at=at)
    version = line.version
    try:
        model = local_guidance.read_again(version.text)
    except Refused:
        return show(request, version_id, status=409)  # which says what is wrong with it
    stands = reading.of(reading.in_use(), agency_id=version.agency_id, on=local_date(at))
    found = replaying.replay(model, stands.model, cases, at=at)
    opened = reading.may_be_opened(found.changed, viewer=request.viewer, at=at)
    answers.lists(request, [Seen(one.case.key[1], one.case.key[0], None, ("response",)) for one in opened])
    context = {
        "title": title(version),
        "version": version,
        "stands": stands.model.version,
        "cases": figures.shown(found.cases, at=at),
        "more": more,
        "none": not found.cases,
        "sums": _sums(found, at=at),
        "answers": [
            (_answer(before, at=at), _answer(after, at=at), figures.shown(count, at=at))
            for before, after, count in found.by_answer()
        ],
        "rows": [
            (row, figures.shown(opens.whole, at=at), _share(opens, at=at), _share(closes, at=at))
            for row, opens, closes in found.by_row()
        ],
        "deprived_by": wording.listed(deprivation.sources(at=at)),
        "groups": [
            (
                words,
                [
                    (one.label, *_group(*one.numbers, at=at))
                    for one in equality.told(
                        name,
                        {group: numbers for group, *numbers in found.by_group(name)},
                        people=replaying.people(cases, name),
                        at=at,
                    )
                ],
            )
            for name, words in SPLITS.items()
            if name in found.groups
        ],
        "opened": [
            {
                "when": wording.local_when(one.case.decided_at, at=at),
                "before": _answer(one.before, at=at),
                "after": _answer(one.after, at=at),
                "rows": wording.listed(f"row {row}" for row in one.rows),
                "url": reverse("referral", args=[one.case.key[0]]),
            }
            for one in opened
        ],
    }
    return answers.page(request, "guidance/replay.jinja", context)


def _sums(found: Replay, *, at) -> list[tuple[str, str, str]]:
    return [
        (
            words,
            figures.shown(found.how_many(stands), at=at),
            _share(Interval(found.how_many(stands), found.cases), at=at),
        )
        for words, stands in (
            ("A door opens: the answer is sooner", "sooner"),
            ("A door closes: the answer is later", "later"),
            ("Another answer, as soon", "other"),
        )
    ]


def _group(count: int | None, *parts: int | None, at) -> tuple[str, ...]:
    if count is None:
        return (figures.HIDDEN,) * (1 + len(parts))
    shares = (figures.HIDDEN if one is None else _share(Interval(one, count), at=at) for one in parts)
    return (figures.shown(count, at=at), *shares)


def _share(found: Interval, *, at) -> str:
    """`12% (8% to 17%)`; a star where a count behind it is small. An exact interval tells exact counts."""
    share = figures.share(found.part, found.whole, at=at)
    part, whole = (figures.rounded(one, at=at) for one in (found.part, found.whole))
    if part is None or whole is None:
        return share
    low, high = Interval(part, whole).bounds
    return f"{share} ({low:.0%} to {high:.0%})"


def _answer(code: str, *, at) -> str:
    return "Nothing" if code == replaying.NOTHING else code_words.urgency_words(code, at=at)
