"""Gold and documents in, figures out: one module a task."""
