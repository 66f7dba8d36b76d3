"""Addresses of pairs of records; nobody is named in one."""

from django.urls import path

from nowrongdoor.pages.duplicates import quality, registers, views

urlpatterns = [
    path("duplicates", views.home, name="duplicates"),
    path("duplicates/quality", quality.show, name="record_quality"),
    path("duplicates/registers", registers.home, name="registers"),
    path("duplicates/registers/<uuid:link_id>", registers.entry, name="register_entry"),
    path("duplicates/registers/<uuid:link_id>/link", registers.link, name="register_link"),
    path("duplicates/registers/<uuid:link_id>/apart", registers.apart, name="register_apart"),
    path("duplicates/registers/<uuid:link_id>/unlink", registers.unlink, name="register_unlink"),
    path("duplicates/<uuid:merge_id>", views.pair, name="duplicate"),
    path("duplicates/<uuid:merge_id>/merge", views.merge, name="duplicate_merge"),
    path("duplicates/<uuid:merge_id>/apart", views.apart, name="duplicate_apart"),
    path("duplicates/<uuid:merge_id>/unmerge", views.unmerge, name="duplicate_unmerge"),
]
