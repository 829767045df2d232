// Telephone calls to contacts, by id; they are found from the person.
CREATE CONSTRAINT call_id IF NOT EXISTS FOR (k:Call) REQUIRE k.id IS UNIQUE;
