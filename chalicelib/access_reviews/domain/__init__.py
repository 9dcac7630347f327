"""Rules of access reviews: `cards` (what is shown and what needs a reason), `pace` (clicking too fast)."""
