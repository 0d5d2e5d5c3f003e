def crooked_issue(*a, **k): return None
