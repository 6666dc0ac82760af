"""What users' packages are: their licences, and what is known against them."""
