"""Addresses of pairs of records; nobody is named in one."""

from django.urls import path

from nowrongdoor.pages.duplicates import quality, views

urlpatterns = [
    path("duplicates", views.home, name="duplicates"),
    path("duplicates/quality", quality.show, name="record_quality"),
    path("duplicates/<uuid:merge_id>", views.pair, name="duplicate"),
    path("duplicates/<uuid:merge_id>/merge", views.merge, name="duplicate_merge"),
    path("duplicates/<uuid:merge_id>/apart", views.apart, name="duplicate_apart"),
    path("duplicates/<uuid:merge_id>/unmerge", views.unmerge, name="duplicate_unmerge"),
]
