"""Addresses of people. Nothing about anyone is ever in an address but the key of their record."""

from django.urls import path

from nowrongdoor.pages.people import about, circle, glass, permitting, registering, searching, sharing, views

urlpatterns = [
    path("people", searching.search, name="people_search"),
    path("people/open", searching.open_record, name="person_open"),
    path("people/claim", searching.claim, name="person_claim"),
    path("break-glass", glass.break_glass, name="break_glass"),
    path("people/register", registering.register, name="person_register"),
    path("people/<uuid:person_id>", views.person, name="person"),
    path("people/<uuid:person_id>/timeline", views.timeline, name="person_timeline"),
    path("people/<uuid:person_id>/about", about.show, name="person_about"),
    path("people/<uuid:person_id>/about/<slug:heading>", about.answer, name="person_answer"),
    path("people/<uuid:person_id>/circle", circle.show, name="person_circle"),
    path("people/<uuid:person_id>/circle/new", circle.enter, name="circle_enter"),
    path("people/<uuid:person_id>/circle/<uuid:entry_id>", circle.correct, name="circle_correct"),
    path("people/<uuid:person_id>/circle/<uuid:entry_id>/withdraw", circle.withdraw, name="circle_withdraw"),
    path("people/<uuid:person_id>/sharing", sharing.show, name="person_sharing"),
    path("people/<uuid:person_id>/sharing/looks", sharing.looks_printed, name="person_looks_printed"),
    path("people/<uuid:person_id>/sharing/share", sharing.share, name="person_share"),
    path("people/<uuid:person_id>/sharing/override", sharing.override, name="person_override"),
    path("people/<uuid:person_id>/sharing/seal", sharing.seal, name="seal_put"),
    path(
        "people/<uuid:person_id>/sharing/<uuid:decision_id>/withdraw",
        sharing.withdraw,
        name="sharing_withdraw",
    ),
    path("people/<uuid:person_id>/sharing/seals/<uuid:seal_id>/lift", sharing.lift, name="seal_lift"),
    path("people/<uuid:person_id>/carers", permitting.show, name="person_carers"),
    path("people/<uuid:person_id>/carers/new", permitting.permit, name="person_permit"),
    path(
        "people/<uuid:person_id>/carers/<uuid:permission_id>/withdraw",
        permitting.withdraw,
        name="permission_withdraw",
    ),
    path("people/<uuid:person_id>/correct", registering.correct, name="person_correct"),
    path("people/<uuid:person_id>/refer", views.refer, name="person_refer"),
]
