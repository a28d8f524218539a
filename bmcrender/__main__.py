"""`python -m bmcrender` is the command line."""

from bmcrender.cli import main

if __name__ == "__main__":
    main()
