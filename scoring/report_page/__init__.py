"""The parts of the report: its template, style and script (data files), and the Python that fills them."""
