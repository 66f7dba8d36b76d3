"""The address of the figures."""

from django.urls import path

from nowrongdoor.pages.figures import views

urlpatterns = [path("figures", views.holding, name="figures")]
