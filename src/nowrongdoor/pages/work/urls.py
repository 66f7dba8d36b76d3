"""The first page after signing in."""

from django.urls import path

from nowrongdoor.pages.work import views

urlpatterns = [
    path("", views.my_work, name="my_work"),
    path("work/<slug:name>", views.part, name="my_work_part"),
]
