"""The foundation against bare libraries, side by side in one run: `python -m tests.bench`."""
