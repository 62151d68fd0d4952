"""A KnowledgeGraph in, something to look at out.

``html_page.py`` writes the page, of the records that ``page_data.py`` makes; ``explorer.py``
answers for a graph of any size; ``still_picture.py`` draws without a browser.
"""
