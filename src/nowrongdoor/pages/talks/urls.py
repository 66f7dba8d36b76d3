"""Addresses of calls just to talk."""

from django.urls import path

from nowrongdoor.pages.talks import asking, stopping, views

urlpatterns = [
    path("calls", views.show, name="talks"),
    path("calls/<uuid:call_id>", views.one, name="talk"),
    path("calls/<uuid:talk_id>/take", views.take, name="talk_take"),
    path("calls/<uuid:talk_id>/tell", views.tell, name="talk_tell"),
    path("calls/<uuid:talk_id>/worry", views.worry, name="talk_worry"),
    path("promises/<uuid:promise_id>/withdraw-call", stopping.withdraw, name="talk_withdraw"),
    path("contacts/<uuid:contact_id>/talk", asking.from_contact, name="contact_talk"),
    path("referrals/<uuid:referral_id>/talk", asking.from_referral, name="referral_talk"),
    path("people/<uuid:person_id>/talk", asking.from_person, name="person_talk"),
]
