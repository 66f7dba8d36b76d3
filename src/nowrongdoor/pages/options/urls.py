"""The addresses of the directory."""

from django.urls import path

from nowrongdoor.pages.options import views

urlpatterns = [
    path("options", views.find, name="options"),
    path("options/<uuid:service_id>", views.service, name="option"),
    path("options/<uuid:service_id>/places", views.places, name="option_places"),
]
