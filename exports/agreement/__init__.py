"""How far coders agree: each measure with the units it rests on, and None where it is undefined."""
