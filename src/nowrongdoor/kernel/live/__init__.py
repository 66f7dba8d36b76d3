"""What has changed, told to browsers that are listening: versions and teams, and nothing about anybody."""

CHANNEL = "nwd_boards"
"""Where the triggers of `data.boards` tell it."""
