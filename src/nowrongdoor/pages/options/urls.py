"""The addresses of the directory."""

from django.urls import path

from nowrongdoor.pages.options import keeping, leaflets, linking, views

SUGGESTED = "options/suggestions/<uuid:suggestion_id>"
urlpatterns = [
    path("options", views.find, name="options"),
    path("options/leaflet", leaflets.show, name="option_leaflet"),
    path("options/leaflet/text", leaflets.text, name="option_leaflet_text"),
    path("options/<uuid:service_id>", views.service, name="option"),
    path("options/<uuid:service_id>/places", views.places, name="option_places"),
    path("options/<uuid:service_id>/links", linking.links, name="option_links"),
    path(
        "options/<uuid:service_id>/links/<uuid:link_id>/take-back",
        linking.withdraw,
        name="option_link_withdraw",
    ),
    path("places/<str:token>", linking.say, name="places_by_link"),
    path("options/<uuid:service_id>/suggest", keeping.suggest, name="option_suggest"),
    path("options/<uuid:service_id>/suggested", keeping.suggested, name="option_suggested"),
    path("options/<uuid:service_id>/still-right", keeping.still_right, name="option_still_right"),
    path(f"{SUGGESTED}/approve", keeping.approve, name="suggestion_approve"),
    path(f"{SUGGESTED}/turn-down", keeping.turn_down, name="suggestion_turn_down"),
]
