"""Duties on the rota. Mirrors `rules.rota`."""

from django.db import models
from django.db.models import Q

from nowrongdoor.kernel import guards
from nowrongdoor.kernel.rows import Row

TAKEN_OFF = Q(taken_off_at__isnull=False)


def leads_to(model: str, comment: str, *, empty: bool = False) -> models.ForeignKey:
    """A row of another context, by name: contexts do not know one another."""
    return models.ForeignKey(
        model, null=empty, on_delete=models.PROTECT, related_name="+", db_index=False, db_comment=comment
    )


class Duty(Row):
    """A member stands on a rung of the ladder, for a team or a whole agency, from one instant to another."""

    agency = leads_to("agencies.Agency", "The agency whose rota it is on")
    team = leads_to("agencies.Team", "The team it is for; empty for the whole agency", empty=True)
    member = leads_to("agencies.Member", "Who stands there")
    rung = models.TextField(db_comment="As what: a rung of the ladder")
    phone = models.TextField(db_comment="Where colleagues reach them meanwhile")
    from_at = models.DateTimeField(db_comment="From this instant")
    until_at = models.DateTimeField(db_comment="Up to but not including this instant")
    put_on_at = models.DateTimeField(db_comment="When it was entered")
    put_on_by = leads_to("agencies.Member", "Who entered it")
    taken_off_at = models.DateTimeField(null=True, db_comment="From when they do not stand there after all")
    taken_off_by = leads_to("agencies.Member", "Who recorded that", empty=True)
    taken_off_words = models.TextField(db_comment="Why they were taken off")

    class Meta:
        db_table_comment = "Who is on call, as what and for whom"
        constraints = [
            guards.after("until_at", "from_at", name="duty_has_length"),
            guards.said("rung", name="duty_says_as_what"),
            guards.exactly_when(TAKEN_OFF, "taken_off_at", "taken_off_by", name="duty_taken_off_by_someone"),
            guards.said("taken_off_words", when=TAKEN_OFF, name="duty_taken_off_for_a_reason"),
            guards.not_before("taken_off_at", "put_on_at", name="duty_taken_off_after_put_on"),
        ]
        indexes = [
            models.Index(fields=["agency", "until_at"], name="duty_by_agency"),
            models.Index(fields=["member", "until_at"], name="duty_by_member"),
        ]
