"""``python -m soapgen``."""

from .cli import main

main()
