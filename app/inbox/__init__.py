"""What arrived: taking a bundle in, and answering it with a receipt."""
