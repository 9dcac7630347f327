"""Files on their way into messages: upload, scan, release, download (MSG-8)."""
