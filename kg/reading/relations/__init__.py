"""Which names of a sentence stand in a relation of a known kind: a head on the encoder's states."""
