"""`python -m tests.contract.asyncapi.install`: fetches the parser of AsyncAPI by npm; quick when it is there."""

from pathlib import Path

from services.portal.assets.build import install

if __name__ == "__main__":
    install(Path(__file__).parent)
