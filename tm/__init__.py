"""The translation memory: aligned units of Chinese and English and their store."""
