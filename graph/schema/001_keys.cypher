// Unique keys: every look-up goes through one of them (MODEL.md).
CREATE CONSTRAINT person_id IF NOT EXISTS FOR (p:Person) REQUIRE p.id IS UNIQUE;
CREATE CONSTRAINT person_day_key IF NOT EXISTS FOR (d:PersonDay) REQUIRE d.key IS UNIQUE;
CREATE CONSTRAINT identifier_key IF NOT EXISTS FOR (i:Identifier) REQUIRE i.key IS UNIQUE;
CREATE CONSTRAINT card_id IF NOT EXISTS FOR (c:Card) REQUIRE c.id IS UNIQUE;
CREATE CONSTRAINT venue_id IF NOT EXISTS FOR (v:Venue) REQUIRE v.id IS UNIQUE;
CREATE CONSTRAINT venue_code IF NOT EXISTS FOR (v:Venue) REQUIRE v.code IS UNIQUE;
CREATE CONSTRAINT venue_day_key IF NOT EXISTS FOR (d:VenueDay) REQUIRE d.key IS UNIQUE;
CREATE CONSTRAINT gate_id IF NOT EXISTS FOR (g:Gate) REQUIRE g.id IS UNIQUE;
CREATE CONSTRAINT account_id IF NOT EXISTS FOR (a:Account) REQUIRE a.id IS UNIQUE;
CREATE CONSTRAINT account_name IF NOT EXISTS FOR (a:Account) REQUIRE a.username IS UNIQUE;
CREATE CONSTRAINT account_phone IF NOT EXISTS FOR (a:Account) REQUIRE a.phoneKey IS UNIQUE;
CREATE CONSTRAINT unit_code IF NOT EXISTS FOR (u:Unit) REQUIRE u.code IS UNIQUE;
CREATE CONSTRAINT shard_id IF NOT EXISTS FOR (s:Shard) REQUIRE s.id IS UNIQUE;
CREATE CONSTRAINT outbox_id IF NOT EXISTS FOR (o:Outbox) REQUIRE o.id IS UNIQUE;
CREATE CONSTRAINT idempotency_key IF NOT EXISTS FOR (i:Idempotency) REQUIRE i.key IS UNIQUE;
CREATE INDEX outbox_step IF NOT EXISTS FOR (o:Outbox) ON (o.step, o.at);
CREATE INDEX idempotency_at IF NOT EXISTS FOR (i:Idempotency) ON (i.at);
CREATE INDEX stay_id IF NOT EXISTS FOR ()-[s:AT]-() ON (s.id);
CREATE INDEX stay_out IF NOT EXISTS FOR ()-[s:AT]-() ON (s.out);
CREATE INDEX venue_day IF NOT EXISTS FOR (d:VenueDay) ON (d.day);
CREATE INDEX person_day IF NOT EXISTS FOR (d:PersonDay) ON (d.day);
CREATE FULLTEXT INDEX person_names IF NOT EXISTS FOR (p:Person) ON EACH [p.nameKeys]
  OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}};
