"""The portal's words in other languages than English."""
