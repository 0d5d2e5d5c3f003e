"""Tools of the project: what it generates, installs and shows."""
