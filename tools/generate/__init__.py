"""What is generated from the one place that defines it."""
