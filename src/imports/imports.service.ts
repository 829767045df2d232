import { Injectable } from '@nestjs/common';
import type { Answer } from './answer.js';
import type { FileOptions, OpenFile } from './kinds/kind.js';
import { CasesFiles } from './kinds/cases.js';
import { EncountersFiles } from './kinds/encounters.js';
import { EvidenceFiles } from './kinds/evidence.js';
import { PeopleFiles } from './kinds/people.js';
import { StaysFiles } from './kinds/stays.js';
import { UnitsFiles } from './kinds/units.js';
import { VenuesFiles } from './kinds/venues.js';
import { textOf } from './encoding.js';
import { readObjects } from './objects.js';
import { readTable, utf8Of } from './table.js';
import { Tally, type Counts } from './tally.js';

/** The kinds of files that can be imported (SPEC 12), and bare lists of venues. */
export const fileKinds = ['stays', 'encounters', 'people', 'cases', 'units', 'venues', 'evidence'] as const;
export type FileKind = (typeof fileKinds)[number];

/** A file as it comes over the line. */
export interface Upload {
  kind: FileKind;
  body: AsyncIterable<Uint8Array>;
  /** JSON instead of CSV; earlier apps only. */
  isJson?: boolean;
  options: FileOptions;
}

/** Takes files into the running system: streaming, safe to repeat, every row accounted for (SPEC 3, 12). */
@Injectable()
export class Imports {
  constructor(
    private readonly stays: StaysFiles,
    private readonly people: PeopleFiles,
    private readonly units: UnitsFiles,
    private readonly venues: VenuesFiles,
    private readonly cases: CasesFiles,
    private readonly encounters: EncountersFiles,
    private readonly evidence: EvidenceFiles,
  ) {}

  /** Reads a file to its end, no faster than its rows can be kept, and tells the answer how it goes. */
  async run({ kind, body, options, isJson }: Upload, answer: Answer): Promise<Counts> {
    const tally = new Tally();
    const file = this.open(kind, options);
    const onHeader = (names: string[]) => answer.header(names);
    // Files of the earlier apps come in the encodings of their time; all others are UTF-8 (SPEC 12).
    const texts = options.earlier ? textOf(body) : utf8Of(body);
    const asked = { columns: file.columns, tally, onHeader };
    for await (const rows of isJson ? readObjects(texts, asked) : readTable(texts, asked)) {
      await file.take(rows, tally);
      await answer.part(tally.counts, tally.takeRejects());
    }
    await file.settle?.((left) => answer.part(tally.counts, [], left));
    return tally.counts;
  }

  private open(kind: FileKind, options: FileOptions): OpenFile {
    switch (kind) {
      case 'stays':
        return this.stays.open(options.shiftMs);
      case 'encounters':
        return this.encounters.open(options.shiftMs);
      case 'cases':
        return this.cases.open(options);
      case 'evidence':
        return this.evidence.open(options);
      case 'people':
        return this.people.open(options);
      case 'units':
        return this.units.open();
      case 'venues':
        return this.venues.open();
    }
  }
}
