"""The register: pupils under pseudonyms, their pathway, and the schools and teams around them."""
