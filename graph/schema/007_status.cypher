// Policies by id and version, evidence by id, and the history of a person by version.
CREATE CONSTRAINT policy_key IF NOT EXISTS FOR (p:Policy) REQUIRE p.key IS UNIQUE;
CREATE CONSTRAINT evidence_id IF NOT EXISTS FOR (e:Evidence) REQUIRE e.id IS UNIQUE;
CREATE CONSTRAINT status_key IF NOT EXISTS FOR (s:Status) REQUIRE s.key IS UNIQUE;
