"""Addresses of making a promise and of raising one that is late."""

from django.urls import path

from nowrongdoor.pages.promises import ledger, second_reading, views

urlpatterns = [
    path("referrals/<uuid:referral_id>/escalate", views.raise_alarm, name="referral_escalate"),
    path("call-backs", ledger.show, name="call_backs"),
    path("referrals/<uuid:referral_id>/promise", views.on_referral, name="referral_promise"),
    path("people/<uuid:person_id>/promise", views.to_person, name="person_promise"),
    path("promises/<uuid:promise_id>/read", second_reading.read, name="second_reading"),
    path("promises/<uuid:promise_id>/escalate", views.escalate, name="promise_escalate"),
]
