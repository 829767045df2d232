import { existsSync, mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { forgetRunning, tellRunning } from '../../src/run-file.js';

const folder = () => mkdtempSync(join(tmpdir(), 'vetxanh-run-'));
const running = (pid: number) => ({ url: `http://127.0.0.1:${pid}`, token: `t${pid}`, pid });

describe('the file that tells where an API process runs', () => {
  it('is readable by this user alone, and goes with its process', () => {
    const dir = join(folder(), 'data');
    tellRunning(dir, running(1));
    expect(JSON.parse(readFileSync(join(dir, 'run.json'), 'utf8'))).toEqual(running(1));
    expect(statSync(join(dir, 'run.json')).mode & 0o777).toBe(0o600);
    forgetRunning(dir, 1);
    expect(readdirSync(dir)).toEqual([]);
  });

  it('is that of the process that started last, and stays when an earlier one stops', () => {
    const dir = folder();
    tellRunning(dir, running(1));
    tellRunning(dir, running(2));
    forgetRunning(dir, 1);
    expect(JSON.parse(readFileSync(join(dir, 'run.json'), 'utf8'))).toEqual(running(2));
    forgetRunning(dir, 2);
    expect(existsSync(join(dir, 'run.json'))).toBe(false);
  });

  it('may be gone or damaged when its process stops', () => {
    const dir = folder();
    forgetRunning(dir, 1);
    writeFileSync(join(dir, 'run.json'), '{"pid":');
    forgetRunning(dir, 1);
    expect(existsSync(join(dir, 'run.json'))).toBe(true);
  });
});
