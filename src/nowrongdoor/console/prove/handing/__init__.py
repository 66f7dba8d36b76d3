"""What `./nwd prove handover` is made of: the scripts, the fates of their messages, and what is looked at."""
