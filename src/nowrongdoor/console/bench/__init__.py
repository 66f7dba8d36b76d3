"""What things cost: each figure beside the same work done bare, in the same run."""
