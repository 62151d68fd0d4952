"""Document to Reading: what one text names, what it says, who says so and how surely.

Every module here works on one document at a time and forgets it before the next. The
rooms stand in the order of the flow, and each may use those before it:

    documents   files -> Document: text, paragraphs, notes, furniture
    names       what a parse names; the components that the pipeline runs
    parsing     Document -> one spaCy parse, through a text without line ends and furniture
    mentions    names, and what refers to them -> MentionGroups
    status      who says it, how surely: denied, doubted, planned, quoted
    claims      clauses -> Claims

``grammar`` (the parse as plain lists), ``parse_repair``, ``times`` and ``store`` (finished
Readings) serve all of them. Only document offsets leave this package. Open ``claims/finder.py``
to see how a parse becomes claims, ``kg/pipeline.py`` for what calls what.
"""
