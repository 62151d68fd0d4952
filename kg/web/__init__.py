"""A build in a browser and for programs: SPARQL endpoint, linked data, pages."""
