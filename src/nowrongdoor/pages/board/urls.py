"""The board, and the same as a table."""

from django.urls import path

from nowrongdoor.pages.board import views

urlpatterns = [
    path("board", views.board, name="board"),
    path("board/table", views.table, name="board_table"),
]
