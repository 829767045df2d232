import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import neo4j, { type Driver, type Plan } from 'neo4j-driver';
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

/** What an import asks and writes for each of its rows. */
const ofImports = [
  'people/by_identifiers',
  'people/change',
  'people/create',
  'people/know',
  'people/know_fresh',
  'people/know_shared',
  'people/queue_repair',
  'repairs/alike',
] as const satisfies (keyof typeof queries)[];

describe('a query of an import', () => {
  it.each(ofImports)('%s looks through all people for no row', async (name) => {
    const text = readFileSync(new URL(`../../graph/queries/${name}.cypher`, import.meta.url), 'utf8');
    const { summary } = await driver.executeQuery(`EXPLAIN ${text}`);
    expect(operatorsOf(summary.plan as Plan).filter((name) => /Scan/.test(name))).toEqual([]);
  });
});

const operatorsOf = ({ operatorType, children }: Plan): string[] => [operatorType, ...children.flatMap(operatorsOf)];
