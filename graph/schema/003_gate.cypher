// Gates are told the cards that were revoked.
CREATE INDEX card_revoked IF NOT EXISTS FOR (c:Card) ON (c.revokedAt);
