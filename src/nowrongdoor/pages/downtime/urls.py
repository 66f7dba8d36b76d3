"""Addresses of the downtime pack."""

from django.urls import path

from nowrongdoor.pages.downtime import views

urlpatterns = [
    path("downtime", views.pack, name="downtime"),
    path("downtime/paper", views.paper, name="downtime_paper"),
    path("downtime/file", views.locked_file, name="downtime_file"),
]
