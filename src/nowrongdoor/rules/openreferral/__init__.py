"""
Open Referral UK 3.0: how an entry of a feed is read, checked, searched by and published.

An entry that came from a feed, or that says more than the directory asks for, is kept as the feed words it.
What we search by is read from that, so that nothing is kept twice.
"""
