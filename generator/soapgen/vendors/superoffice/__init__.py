"""What SuperOffice does beyond the specifications."""
