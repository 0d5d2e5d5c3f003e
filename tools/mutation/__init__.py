"""Mutation testing of the layers that decide the language: small changes to the code that some test has to notice."""
