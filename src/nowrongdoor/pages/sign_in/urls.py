"""Addresses for coming in, going out, and working for another team."""

from django.urls import path

from nowrongdoor.pages.sign_in import views

urlpatterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("sign-out", views.sign_out, name="sign_out"),
    path("team", views.switch_team, name="switch_team"),
]
