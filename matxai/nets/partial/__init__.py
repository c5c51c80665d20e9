"""What a change of a part of an image changes in a network, computed where it can reach only."""
