"""How long checking takes, beside reading the same text with ruamel.yaml."""
