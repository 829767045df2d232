import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = resolve(import.meta.dirname, '../../../web/text');
const files = readdirSync(join(folder, 'vi')).sort();
const read = (language: string, file: string) =>
  flatten(JSON.parse(readFileSync(join(folder, language, file), 'utf8')) as Tree);

interface Tree {
  [key: string]: string | Tree;
}

/** Every text under its whole key. */
function flatten(tree: Tree, before = ''): Map<string, string> {
  const all = Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[before + key, value]] : [...flatten(value, `${before}${key}.`)],
  );
  return new Map(all);
}

const placeholders = (text: string): string[] => [...text.matchAll(/{{\w+}}/g)].map(([name]) => name).sort();

describe('the texts of the pages', () => {
  it('there are the same files in both languages', () => {
    expect(files.length).toBeGreaterThan(2);
    expect(readdirSync(join(folder, 'en')).sort()).toEqual(files);
  });

  it.each(files)('%s has every key in both languages, none of them empty', (file) => {
    const [vi, en] = [read('vi', file), read('en', file)];
    expect([...en.keys()].sort()).toEqual([...vi.keys()].sort());
    expect([...vi, ...en].filter(([, text]) => !text.trim()).map(([key]) => key)).toEqual([]);
  });

  it.each(files)('%s fills in the same things in both languages', (file) => {
    const [vi, en] = [read('vi', file), read('en', file)];
    const wrong = [...vi].filter(([key, text]) => placeholders(text).join() !== placeholders(en.get(key) ?? '').join());
    expect(wrong.map(([key]) => key)).toEqual([]);
  });

  it.each(files)('%s is Vietnamese and English, and not one language twice', (file) => {
    const [vi, en] = [read('vi', file), read('en', file)];
    const same = [...vi].filter(([key, text]) => en.get(key) === text).map(([key]) => key);
    expect(same).toEqual([]);
  });
});
