"""The queues, and one referral to decide on."""

from django.urls import path

from nowrongdoor.pages.triage import views

urlpatterns = [
    path("triage", views.inbox, name="triage"),
    path("triage/<uuid:referral_id>", views.decide, name="triage_decide"),
]
