"""The registries and agencies that are asked, one module each behind one protocol."""
