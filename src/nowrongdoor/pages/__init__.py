"""What people see: each area turns a request into one act or one answer, and its answer into a page."""
