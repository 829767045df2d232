import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import neo4j, { type Driver } from 'neo4j-driver';
import { readFileSync } from 'node:fs';
import { loadEnv } from '../../config/env.js';
import { queries } from '../../graph/queries.js';

let driver: Driver;
beforeAll(() => {
  const { NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD } = loadEnv(process.env);
  driver = neo4j.driver(NEO4J_URI, neo4j.auth.basic(NEO4J_USER, NEO4J_PASSWORD));
});
afterAll(() => driver.close());

describe('every query', () => {
  it.each(Object.keys(queries))('%s is one that Neo4j understands', async (name) => {
    const text = readFileSync(new URL(`../../graph/queries/${name}.cypher`, import.meta.url), 'utf8');
    const { summary } = await driver.executeQuery(`EXPLAIN ${text}`);
    expect(summary.plan).toBeTruthy();
  });
});
