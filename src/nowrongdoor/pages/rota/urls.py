"""Addresses of the rota."""

from django.urls import path

from nowrongdoor.pages.rota import views

urlpatterns = [
    path("rota", views.rota, name="rota"),
    path("rota/new", views.put_on, name="rota_put_on"),
    path("rota/<uuid:duty_id>/take-off", views.take_off, name="rota_take_off"),
]
