"""Addresses of information governance. A person is looked for by a form, never in an address."""

from django.urls import path

from nowrongdoor.pages.governance import log, views

urlpatterns = [
    path("governance", views.home, name="governance"),
    path("governance/reviews/<uuid:review_id>", views.review, name="review"),
    path("governance/reviews/<uuid:review_id>/decide", views.decide, name="review_decide"),
    path("governance/agreements/new", views.agree, name="agreement_new"),
    path("governance/access-log", log.show, name="access_log"),
    path("governance/access-log/export", log.export, name="access_log_export"),
    path("governance/access-log/person", log.find_person, name="access_log_person"),
]
