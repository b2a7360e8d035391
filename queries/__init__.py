"""From questions to rows: the catalogue of saved queries and the Python API."""
