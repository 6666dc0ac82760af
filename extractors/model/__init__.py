"""The stance model's training data, training and evaluation; nothing here is imported at run time."""
