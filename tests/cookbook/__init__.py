"""The cookbook on the sample newsroom."""
