"""What managers fill in. A form says what can be typed; the actions say what may be done."""
