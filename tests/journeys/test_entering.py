"""Who sets a place up: a lead enters agencies, teams, members and services, and nobody else does."""

import pytest

from nowrongdoor.data.agencies.models import Agency
from nowrongdoor.data.services.models import Service
from nowrongdoor.rules.change import Refused
from tests.journeys import acts
from tests.worlds.small_place import SmallPlace


@pytest.fixture
def place(db: None) -> SmallPlace:
    return SmallPlace.begin()


@pytest.mark.parametrize(
    ("given", "enter", "model"),
    [(acts.entering, acts.entered, Agency), (acts.a_service, acts.service_entered, Service)],
)
def test_only_a_lead_enters_what_a_place_is_made_of(place: SmallPlace, given, enter, model) -> None:
    asked, before = given(place), model.objects.count()
    for member in (place.amir, place.priya):
        with pytest.raises(Refused) as refused:
            enter(place, {**asked, "by": member})
        assert refused.value.code == "role_does_not_permit"
    assert model.objects.count() == before
    enter(place, asked)
    assert model.objects.count() == before + 1
