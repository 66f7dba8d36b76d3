"""What boards show, told when it changes: triggers alone, in whose words there is a version and teams."""
