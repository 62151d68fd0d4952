"""From the mention groups of documents to entities of the whole corpus."""
