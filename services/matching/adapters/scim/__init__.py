"""SCIM 2.0: how a company's directory keeps the people of matching."""
