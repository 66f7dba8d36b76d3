"""Addresses of one's own record. None of them names anybody: whose it is, the sign-in says."""

from django.urls import path

from nowrongdoor.pages.own import views

urlpatterns = [
    path("my-record", views.record, name="own_record"),
    path("my-record/looks", views.looks, name="own_looks"),
]
