"""From the graph to files and pages: RDF, queries, drawings, tables."""
