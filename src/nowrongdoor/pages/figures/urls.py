"""The addresses of figures."""

from django.urls import path

from nowrongdoor.pages.figures import gaps, views

urlpatterns = [
    path("figures", views.holding, name="figures"),
    path("figures/police", gaps.show, name="police_gaps"),
    path("figures/police/export", gaps.export, name="police_gaps_export"),
]
