"""Running clocks, what has climbed the ladder, the replies, and which sweeps have finished."""
