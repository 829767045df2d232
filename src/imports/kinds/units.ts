import { Injectable } from '@nestjs/common';
import { unitRow, type UnitRow } from '../../units/unit.js';
import { Units, type UnitOutcome } from '../../units/units.service.js';
import type { Row } from '../table.js';
import type { Tally, Why } from '../tally.js';
import type { OpenFile } from './kind.js';
import { firstFault } from './values.js';

const columns = {
  needed: ['code', 'name'],
  optional: ['parent', 'level', 'validFrom', 'validTo', 'timezone', 'mergedInto'],
};

const circle: Why = {
  column: 'parent',
  expected: 'a unit that is not within this one',
  got: 'a part of it',
  reason: 'circle',
};

/** Administrative units (SPEC 12): a row amends the version of its code that began on the same day, or adds one. */
@Injectable()
export class UnitsFiles {
  constructor(private readonly units: Units) {}

  open(): OpenFile {
    return { columns, take: (rows, tally) => this.take(rows, tally) };
  }

  private async take(rows: Row[], tally: Tally): Promise<void> {
    const read: { row: Row; unit: UnitRow }[] = [];
    for (const row of rows) {
      const { success, data, error } = unitRow.safeParse(row.by);
      if (success) read.push({ row, unit: data });
      else tally.reject(row, firstFault(error, row.by));
    }
    const outcomes = await this.units.save(read.map(({ unit }) => unit));
    for (const [at, outcome] of outcomes.entries()) tell(read[at]!.row, outcome, tally);
  }
}

function tell(row: Row, outcome: UnitOutcome, tally: Tally): void {
  switch (outcome) {
    case 'created':
      return tally.add('accepted');
    case 'merged':
    case 'unchanged':
      return tally.add('merged');
    case 'circle':
      return tally.reject(row, circle);
  }
}
