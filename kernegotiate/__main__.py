"""`python -m kernegotiate` does what `kernegotiate` does."""

import sys

from kernegotiate.cli import main

sys.exit(main())
