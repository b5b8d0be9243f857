"""Measurements, each beside a named peer in the same run; `make bench` runs them all. Nothing here is asserted."""
