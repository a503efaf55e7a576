"""Every read of referrals and pairings; each starts at what the actor may see."""
