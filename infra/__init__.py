"""What turns the app into something that AWS runs: the template, the zip, and how they are made."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
