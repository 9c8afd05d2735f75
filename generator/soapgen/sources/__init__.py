"""What was named → documents: bytes in, safely."""
