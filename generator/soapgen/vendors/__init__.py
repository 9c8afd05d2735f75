"""What single vendors do beyond the specifications."""
