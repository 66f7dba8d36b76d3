"""Addresses of contacts."""

from django.urls import path

from nowrongdoor.pages.contacts import later, signposting, views

urlpatterns = [
    path("contacts/new", views.new, name="contact_new"),
    path("contacts/match", views.match, name="contact_match"),
    path("contacts/<uuid:contact_id>", later.contact, name="contact"),
    path("contacts/<uuid:contact_id>/link", later.link, name="contact_link"),
    path("contacts/<uuid:contact_id>/close", later.close, name="contact_close"),
    path("contacts/<uuid:contact_id>/signpost", signposting.tell, name="contact_signpost"),
]
