"""KnowledgeGraph to files: linked data, answers, texts and pictures.

    files, xml_text   writing a file whole; what XML can hold
    standing          how a claim stands, in words
    rdf               the graph as triples, written and read back
    sparql, texts     questions to the triples; lines for a terminal, tables
    drawing           the interactive page, the explorer's records, still pictures
    validation        does a graph keep what kg promises?
    exports           every form that `kg export` writes, by its name

Each may use those above it. ``queries`` (SPARQL) and ``page`` (its style and script) are data.
"""
