"""Documents in angle brackets: JATS, TEI, HTML and EPUB."""
