"""Addresses of the team one works for."""

from django.urls import path

from nowrongdoor.pages.teams import views

urlpatterns = [
    path("our-team", views.our_team, name="our_team"),
    path("our-team/close", views.close, name="team_close"),
    path("our-team/members/<uuid:member_id>/leave", views.leave, name="member_leave"),
]
