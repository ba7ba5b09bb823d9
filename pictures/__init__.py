"""Draws exercises and stretches: pose → joints → body → shapes → SVG. Pure; the coach and the standard library only."""
