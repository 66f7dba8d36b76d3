"""Crews, skills, visits and who goes. Mirrors `rules.crew`, `rules.skill` and `rules.visit_record`."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q

from nowrongdoor.kernel import guards
from nowrongdoor.kernel.rows import Row
from nowrongdoor.rules.words import VisitState

ENDED = Q(ended_at__isnull=False)
# Stood down with or without a crew: both are so.
GIVEN = Q(state__in=["planned", "crew_told", "on_the_way", "there", "with_person", "left", "done"])
WAITS = Q(state__in=["asked_along", "asked"])
ANSWERED = Q(joined_at__isnull=False)
OVER = Q(state__in=["done", "stood_down"])


class Period(Func):
    """A half-open time. One of no length overlaps nothing."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


def leads_to(model: str, comment: str, *, empty: bool = False) -> models.ForeignKey:
    """A row by name: contexts do not know one another."""
    return models.ForeignKey(
        model, null=empty, on_delete=models.PROTECT, related_name="+", db_index=False, db_comment=comment
    )


def codes(comment: str) -> ArrayField:
    return ArrayField(models.TextField(), db_comment=comment)


class Crew(Row):
    """People who go out together on one shift, from one base, by one way of travelling."""

    team = leads_to("agencies.Team", "The team it is of")
    name = models.TextField(db_comment="What it is called")
    base = models.TextField(db_comment="The area it sets off from")
    travel = models.TextField(db_comment="How it travels")
    device = models.TextField(db_comment="The alarm it carries for whoever is alone; empty for none")
    from_at = models.DateTimeField(db_comment="From this instant")
    until_at = models.DateTimeField(db_comment="Up to but not including this instant")
    put_on_at = models.DateTimeField(db_comment="When it was entered")
    put_on_by = leads_to("agencies.Member", "Who entered it")
    ended_at = models.DateTimeField(null=True, db_comment="When its shift ended early")
    ended_by = leads_to("agencies.Member", "Who recorded that", empty=True)
    ended_words = models.TextField(db_comment="Why its shift ended early")

    class Meta:
        db_table_comment = "Crews on shift: who can be sent, from where and until when"
        constraints = [
            guards.after("until_at", "from_at", name="crew_has_length"),
            guards.said("name", name="crew_has_a_name"),
            guards.exactly_when(ENDED, "ended_at", "ended_by", name="crew_ended_by_someone"),
            guards.said("ended_words", when=ENDED, name="crew_ended_for_a_reason"),
        ]
        indexes = [models.Index(fields=["team", "until_at"], name="crew_by_team")]


class Seat(Row):
    """A member of a crew for its shift: as what, with which skills and languages."""

    crew = leads_to("visits.Crew", "The crew they go in")
    member = leads_to("agencies.Member", "Who it is")
    role = models.TextField(db_comment="As what they go")
    skills = codes("What was said for this shift that they can do, beside the skills they hold")
    gender = models.TextField(db_comment="For whoever asks for one; empty where it is not said")
    languages = codes("What they speak beside English")
    from_at = models.DateTimeField(db_comment="From this instant")
    until_at = models.DateTimeField(db_comment="Up to but not including this instant")

    class Meta:
        db_table_comment = "Who is in which crew, from when until when"
        constraints = [
            ExclusionConstraint(
                expressions=[
                    ("member", RangeOperators.EQUAL),
                    (Period("from_at", "until_at"), RangeOperators.OVERLAPS),
                ],
                name="seat_in_one_crew",
            ),
            guards.not_before("until_at", "from_at", name="seat_ends_after_it_begins"),
            guards.said("role", name="seat_says_as_what"),
        ]
        indexes = [models.Index(fields=["crew"], name="seat_by_crew")]


class Skill(Row):
    """What a member can do, speak or may do by law, from one day up to and with another."""

    member = leads_to("agencies.Member", "Who holds it")
    kind = models.TextField(db_comment="What it is")
    from_on = models.DateField(db_comment="The first day of it")
    until_on = models.DateField(null=True, db_comment="The last day of it; empty where nobody knows one")
    said_by = models.TextField(db_comment="Who told us")
    checked = models.TextField(db_comment="Where it was looked up, and when; empty where nobody did")
    entered_at = models.DateTimeField(db_comment="When it was entered")
    entered_by = leads_to("agencies.Member", "Who entered it")
    ended_at = models.DateTimeField(null=True, db_comment="From when it counts no more, before its last day")
    ended_by = leads_to("agencies.Member", "Who recorded that", empty=True)
    ended_words = models.TextField(db_comment="Why it counts no more")

    class Meta:
        db_table_comment = "Skills and powers of members, each with its days: it ends by itself"
        constraints = [
            guards.not_before("until_on", "from_on", name="skill_ends_after_it_begins"),
            guards.said("kind", name="skill_says_what"),
            guards.said("said_by", name="skill_says_who_told"),
            guards.exactly_when(ENDED, "ended_at", "ended_by", name="skill_ended_by_someone"),
            guards.said("ended_words", when=ENDED, name="skill_ended_for_a_reason"),
        ]
        indexes = [models.Index(fields=["member"], name="skill_by_member")]


class Visit(Row):
    """Somebody is visited: what for, where, by when, by which crew, and what came of it."""

    referral = leads_to("referrals.Referral", "Whose need it is about")
    team = leads_to("agencies.Team", "The team whose crews may go")
    need = models.TextField(db_comment="What the visit is for, in words")
    place = models.TextField(db_comment="Where the person is")
    area = models.TextField(db_comment="The area that is in")
    access_words = models.TextField(db_comment="How to get in, and what to mind there")
    skills = codes("What whoever goes must be able to do")
    minutes = models.IntegerField(db_comment="How long it is planned to take")
    pair_rules = codes("Why two go; empty where one does")
    wish_gender = models.TextField(db_comment="What the person asked for; empty where they did not")
    wish_language = models.TextField(db_comment="The language they asked for; empty where they did not")
    due_at = models.DateTimeField(db_comment="By when somebody is to be with them")
    asked_at = models.DateTimeField(db_comment="When it was asked for")
    asked_by = leads_to("agencies.Member", "Who asked for it")
    state = models.TextField(db_comment="How far it is")
    crew = leads_to("visits.Crew", "The crew that has it", empty=True)
    leaves_at = models.DateTimeField(null=True, db_comment="When the crew is planned to set off")
    free_at = models.DateTimeField(null=True, db_comment="When the crew is planned to be free again")
    chosen_words = models.TextField(db_comment="Why this crew, against advice; or why it was taken back")
    told_at = models.DateTimeField(null=True, db_comment="When the crew was told")
    set_off_at = models.DateTimeField(null=True, db_comment="When the crew set off")
    arrived_at = models.DateTimeField(null=True, db_comment="When the crew was there")
    met_at = models.DateTimeField(null=True, db_comment="When the crew was with the person")
    left_at = models.DateTimeField(null=True, db_comment="When the crew had left")
    check_ins = models.IntegerField(db_comment="How many times were set by which whoever is alone says so")
    check_in_at = models.DateTimeField(null=True, db_comment="By when they next say that they are safe")
    ended_at = models.DateTimeField(null=True, db_comment="When it was done or stood down")
    outcome = models.TextField(db_comment="What came of it")
    next_step = models.TextField(db_comment="What comes next")
    ended_words = models.TextField(db_comment="What happened and was agreed, or why nobody went")
    joint_with = leads_to("visits.Visit", "The visit its team was asked along to; empty for none", empty=True)
    meet_at = models.DateTimeField(null=True, db_comment="When both crews are to meet at the door")
    joined_at = models.DateTimeField(null=True, db_comment="When its team said that it comes along")
    others_words = models.TextField(
        default="", db_default="", db_comment="Who else was asked by telephone, and when they said they come"
    )

    class Meta:
        db_table_comment = "Visits: somebody goes to a person, to be there by a time"
        constraints = [
            guards.one_of("state", VisitState, name="visit_state_words"),
            guards.said("need", name="visit_says_what_for"),
            guards.said("place", name="visit_says_where"),
            guards.after("due_at", "asked_at", name="visit_due_after_asked"),
            models.CheckConstraint(
                condition=(
                    (WAITS & Q(crew__isnull=True, leaves_at__isnull=True, free_at__isnull=True))
                    | (GIVEN & Q(crew__isnull=False, leaves_at__isnull=False, free_at__isnull=False))
                    | Q(state="stood_down")
                ),
                name="visit_given_to_a_crew",
            ),
            models.CheckConstraint(
                condition=(OVER & Q(ended_at__isnull=False) & ~Q(ended_words=""))
                | (~OVER & Q(ended_at__isnull=True)),
                name="visit_ends_with_words",
            ),
            guards.said("outcome", when=Q(state="done"), name="visit_done_with_an_outcome"),
            models.CheckConstraint(
                condition=~Q(joint_with=models.F("id"))
                & (Q(joint_with__isnull=False) | Q(joined_at__isnull=True) & ~Q(state="asked_along"))
                & (Q(joint_with__isnull=True) | ANSWERED | Q(state__in=["asked_along", "stood_down"])),
                name="visit_joined_by_a_yes",
            ),
            models.UniqueConstraint(
                fields=["joint_with", "team"], condition=~OVER, name="visit_asked_along_once"
            ),
        ]
        indexes = [
            models.Index(fields=["team", "due_at"], condition=~OVER, name="visit_open_by_team"),
            models.Index(fields=["referral", "asked_at"], name="visit_by_referral"),
            models.Index(fields=["crew"], condition=~OVER, name="visit_open_by_crew"),
        ]


class Going(Row):
    """One member goes on one visit, from when until when."""

    visit = leads_to("visits.Visit", "The visit they go on")
    crew = leads_to("visits.Crew", "The crew they go in")
    member = leads_to("agencies.Member", "Who goes")
    from_at = models.DateTimeField(db_comment="From this instant")
    until_at = models.DateTimeField(db_comment="Up to but not including this instant")
    is_under_way = models.BooleanField(db_comment="They have set off, and have not left again")

    class Meta:
        db_table_comment = "Who goes on which visit: nobody is in two at once"
        constraints = [
            # I9: nobody is planned on two visits at once, nor on the way to or at two.
            ExclusionConstraint(
                expressions=[
                    ("member", RangeOperators.EQUAL),
                    (Period("from_at", "until_at"), RangeOperators.OVERLAPS),
                ],
                name="going_nobody_in_two_visits",
            ),
            models.UniqueConstraint(
                fields=["member"], condition=Q(is_under_way=True), name="going_under_way_once"
            ),
            guards.not_before("until_at", "from_at", name="going_ends_after_it_begins"),
        ]
        indexes = [
            models.Index(fields=["visit"], name="going_by_visit"),
            models.Index(fields=["member", "until_at"], name="going_by_member"),
        ]
