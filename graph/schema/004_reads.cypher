// The chain of reads: every number once in a chain, and a chain has one end.
CREATE CONSTRAINT read_number IF NOT EXISTS FOR (r:Read) REQUIRE (r.chain, r.number) IS UNIQUE;
CREATE CONSTRAINT read_chain_id IF NOT EXISTS FOR (c:ReadChain) REQUIRE c.id IS UNIQUE;
