import { Injectable } from '@nestjs/common';
import { Graph } from '../../../graph/graph.js';
import { maxVenueIdLength } from '../../domain/files/stays.js';
import { Venues } from '../../venues/venues.service.js';
import type { Row } from '../table.js';
import type { Tally } from '../tally.js';
import type { OpenFile } from './kind.js';
import { shown } from './values.js';

/** Bare ids of venues, made when first seen as an import of stays would (kind `other`): for replays and scripts. */
@Injectable()
export class VenuesFiles {
  constructor(
    private readonly graph: Graph,
    private readonly venues: Venues,
  ) {}

  open(): OpenFile {
    return { columns: { needed: ['venue'], optional: [] }, take: (rows, tally) => this.take(rows, tally) };
  }

  private async take(rows: Row[], tally: Tally): Promise<void> {
    const fits = rows.filter((row) => this.fits(row, tally));
    const ids = fits.map(({ by }) => by['venue']!);
    const known = new Set((await this.graph.read('venues/known', { ids: [...new Set(ids)] })).map(({ id }) => id));
    await this.venues.ensure(ids);
    for (const id of ids) {
      tally.add(known.has(id) ? 'merged' : 'accepted');
      known.add(id);
    }
  }

  private fits(row: Row, tally: Tally): boolean {
    const id = row.by['venue']!;
    if (id !== '' && id.length <= maxVenueIdLength) return true;
    const expected = `1 to ${maxVenueIdLength} characters`;
    tally.reject(row, { column: 'venue', expected, got: shown(id), reason: 'bad-value' });
    return false;
  }
}
