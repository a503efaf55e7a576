"""`python -m bench`: what Weimin costs, as ratios to what the same machine does without it, measured in one run."""
