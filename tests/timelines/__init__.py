"""Independent timelines of articles with the events that the codebook makes of them, and how many the system tells."""
