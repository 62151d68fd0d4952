"""What is printed where on a page: words with their places, to text in reading order.

It knows no kind of file; ``formats/pdf.py`` gives it the words of a PDF or of a scan.

    words.py       a word and its place; lines of words
    columns.py     words -> regions in reading order: columns, tables
    tables.py      the words of a table -> rows of cells
    running.py     lines that stand at the same place on several pages
    notes.py       raised figures, and the notes at the foot that they call
    pages.py       regions -> paragraphs, headings, rows, notes: the page's text
"""
