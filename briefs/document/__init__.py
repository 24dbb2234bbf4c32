"""A brief as plain data. No Django models in here: import, checks, compare, preview and every
export read this one tree."""
