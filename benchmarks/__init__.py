"""What takes how long, beside the peers: ``make bench``."""
