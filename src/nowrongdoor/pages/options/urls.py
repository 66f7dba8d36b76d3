"""The addresses of the directory."""

from django.urls import path

from nowrongdoor.pages.options import linking, views

urlpatterns = [
    path("options", views.find, name="options"),
    path("options/<uuid:service_id>", views.service, name="option"),
    path("options/<uuid:service_id>/places", views.places, name="option_places"),
    path("options/<uuid:service_id>/links", linking.links, name="option_links"),
    path(
        "options/<uuid:service_id>/links/<uuid:link_id>/take-back",
        linking.withdraw,
        name="option_link_withdraw",
    ),
    path("places/<str:token>", linking.say, name="places_by_link"),
]
