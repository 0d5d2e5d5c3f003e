"""What common requests cost in calls of Python functions, which other work on the machine does not change."""
