import { Injectable } from '@nestjs/common';
import type { Caller } from '../auth/roles.js';
import { Problem } from '../http/problem.js';
import { Units } from '../units/units.service.js';
import { People, type Person } from './people.service.js';

/** People as a caller may know them: those of the caller's unit and its parts (SPEC section 10). */
@Injectable()
export class Scope {
  constructor(
    private readonly people: People,
    private readonly units: Units,
  ) {}

  /** One person; whoever may not know of them hears that there is none. */
  async get(caller: Caller, id: string): Promise<Person> {
    const person = await this.people.get(id);
    if (!person || !(await this.units.mayKnow(caller.unit, person.unit))) throw personUnknown();
    return person;
  }

  /** Everybody a text names whom the caller may know of. */
  async find(caller: Caller, text: string): Promise<Person[]> {
    return this.known(caller, await this.people.find(text));
  }

  /** Those of several people, by internal ids, whom the caller may know of. */
  async getAll(caller: Caller, ids: string[]): Promise<Person[]> {
    return this.known(caller, await this.people.getAll(ids));
  }

  private async known({ unit }: Caller, people: Person[]): Promise<Person[]> {
    const known = await Promise.all(people.map((person) => this.units.mayKnow(unit, person.unit)));
    return people.filter((_, at) => known[at]);
  }
}

const personUnknown = (): Problem => new Problem(404, 'person-unknown', 'There is no such person.');
