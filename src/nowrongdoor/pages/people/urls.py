"""Addresses of people. Nothing about anyone is ever in an address but the key of their record."""

from django.urls import path

from nowrongdoor.pages.people import glass, registering, searching, views

urlpatterns = [
    path("people", searching.search, name="people_search"),
    path("people/open", searching.open_record, name="person_open"),
    path("people/claim", searching.claim, name="person_claim"),
    path("break-glass", glass.break_glass, name="break_glass"),
    path("people/register", registering.register, name="person_register"),
    path("people/<uuid:person_id>", views.person, name="person"),
    path("people/<uuid:person_id>/timeline", views.timeline, name="person_timeline"),
    path("people/<uuid:person_id>/correct", registering.correct, name="person_correct"),
    path("people/<uuid:person_id>/refer", views.refer, name="person_refer"),
]
