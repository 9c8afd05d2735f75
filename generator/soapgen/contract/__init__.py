"""Documents → a contract: what they say, in XML names."""
