"""The addresses of the gap ledger."""

from django.urls import path

from nowrongdoor.pages.gaps import services, views

urlpatterns = [
    path("gaps", views.ledger, name="gaps"),
    path("gaps/export", views.export, name="gaps_export"),
    path("gaps/services", services.show, name="service_endings"),
]
