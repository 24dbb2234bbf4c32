"""The printed brief: Typst, in a process of its own that can be killed."""
