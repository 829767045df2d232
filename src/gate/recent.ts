import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { ScanReply } from '../events.js';

/** What this process remembers of a scan. */
export interface RecentScan {
  /** Missing while the scan is being written. */
  reply: ScanReply | undefined;
  /** Who asked meanwhile. */
  asking: ((reply: ScanReply) => void)[];
  person: string;
  scannedAt: number;
  receivedAt: number;
}

/** Scans that are remembered, and for how long: a gate that retries does so within minutes (assumptions). */
const limits = { max: 100_000, ttl: 10 * 60_000, ttlResolution: 1_000 };

/**
 * Answers of the last minutes, by gate and scan: a retry hears the same again. Only a comfort: a scan told twice counts
 * once without it (SPEC section 4).
 */
@Injectable()
export class Recent {
  private readonly scans = new LRUCache<string, RecentScan>(limits);

  get(key: string): RecentScan | undefined {
    return this.scans.get(key);
  }

  set(key: string, scan: RecentScan): void {
    this.scans.set(key, scan);
  }

  forget(key: string): void {
    this.scans.delete(key);
  }
}
