"""From entities and claims to one graph."""
