"""PDF files: a worker process reads the pages, geometry orders the lines, spacing makes paragraphs of them."""
