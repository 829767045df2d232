import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import { Graph } from '../../graph/graph.js';
import { strongOf } from '../domain/identity/register.js';
import type { PersonFields } from '../domain/identity/person.js';
import { Problem } from '../http/problem.js';
import { People, type Person } from './people.service.js';
import { Registrations } from './registration.service.js';
import { refuseUnborn } from './unborn.js';

/** Dependants of one guardian: a school class has a desk of its own (assumption). */
const mostDependants = 20;

/** Children and elderly people whose cards a guardian shows and manages (SPEC section 3). */
@Injectable()
export class Dependants {
  constructor(
    private readonly graph: Graph,
    private readonly people: People,
    private readonly registrations: Registrations,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async list(guardian: string): Promise<Person[]> {
    const rows = await this.graph.read('people/dependants', { guardian });
    return this.people.getAll(rows.map(({ id }) => id));
  }

  /** One of somebody's dependants; whoever is somebody else's is not told of. */
  async get(guardian: string, dependant: string): Promise<Person> {
    const found = (await this.list(guardian)).find(({ id }) => id === dependant);
    if (!found) throw new Problem(404, 'dependant-unknown', 'There is no such dependant.');
    return found;
  }

  async add(guardian: string, dependant: string, by: string): Promise<void> {
    const known = await this.list(guardian);
    if (known.length >= mostDependants && !known.some(({ id }) => id === dependant)) {
      throw new Problem(409, 'too-many-dependants', `A guardian has at most ${mostDependants} dependants.`);
    }
    const [made] = await this.graph.write('people/guard', { guardian, dependant, by, atMs: this.now() });
    if (!made) throw new Problem(409, 'not-a-dependant', 'This person cannot be a dependant of the other.');
  }

  /**
   * A dependant as a guardian tells of them: somebody new. Whoever is known already by a paper is put beside a guardian
   * by a desk that saw both, for anybody may know a number.
   */
  async declare(guardian: string, fields: PersonFields, by: string): Promise<string> {
    refuseUnborn(fields, this.now());
    const strong = strongOf(fields).map(({ system, value }) => `${system}:${value}`);
    for (const text of strong) if ((await this.people.find(text)).length) throw known();
    const [made] = await this.registrations.register([fields], { verified: false });
    if (made!.outcome !== 'created') throw known();
    await this.add(guardian, made!.person, by);
    return made!.person;
  }

  async remove(guardian: string, dependant: string): Promise<void> {
    const gone = await this.graph.write('people/unguard', { guardian, dependant });
    if (gone.length === 0) throw new Problem(404, 'dependant-unknown', 'There is no such dependant.');
  }
}

const known = (): Problem =>
  new Problem(409, 'known-already', 'Somebody is known by this paper: a desk that sees both of you can link you.');
