"""The addresses of the gap ledger."""

from django.urls import path

from nowrongdoor.pages.gaps import views

urlpatterns = [
    path("gaps", views.ledger, name="gaps"),
    path("gaps/export", views.export, name="gaps_export"),
]
