"""A contract and documented messages → how well the generated code agrees."""
