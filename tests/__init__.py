"""The tests of soapgen, by what they show."""
