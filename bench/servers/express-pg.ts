import type { AddressInfo } from 'node:net';
import express from 'express';
import pg from 'pg';

/** What most check-in systems are made of: Express, a pool, one durable INSERT per scan, `scanId` unique. */
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 20 });
await pool.query(`CREATE TABLE IF NOT EXISTS scans (
  scan_id text PRIMARY KEY, code text NOT NULL, direction text NOT NULL, scanned_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now())`);

const insert = {
  name: 'insert',
  text: 'INSERT INTO scans (scan_id, code, direction, scanned_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
};
const app = express();
app.use(express.json());
app.post('/scan', async (request, response) => {
  const { scanId, code, direction, scannedAt } = request.body as Record<string, string>;
  await pool.query({ ...insert, values: [scanId, code, direction, scannedAt] });
  response.json({ ok: true });
});
const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })}\n`);
});
