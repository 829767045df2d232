import { Injectable } from '@nestjs/common';
import { Cards } from '../../config/cards.js';
import type { Caller } from '../auth/roles.js';
import { readOwnCard } from '../domain/codes/own-card.js';
import { Problem } from '../http/problem.js';
import { Units } from '../units/units.service.js';
import { People, type Person } from './people.service.js';

/** People as a caller may know them: those of the caller's unit and its parts (SPEC section 10). */
@Injectable()
export class Scope {
  constructor(
    private readonly people: People,
    private readonly units: Units,
    private readonly cards: Cards,
  ) {}

  /** One person; whoever may not know of them hears that there is none. */
  async get(caller: Caller, id: string): Promise<Person> {
    const person = await this.people.get(id);
    if (!person || !(await this.units.mayKnow(caller.unit, person.unit))) throw personUnknown();
    return person;
  }

  /** Everybody a text names whom the caller may know of: an identifier, an id, or the code of a card, however old it is. */
  async find(caller: Caller, text: string): Promise<Person[]> {
    const card = readOwnCard(text.trim());
    const holder = card && this.cards.personOf(card);
    return holder === undefined ? this.known(caller, await this.people.find(text)) : this.getAll(caller, [holder]);
  }

  /** Those of several people, by internal ids, whom the caller may know of. */
  async getAll(caller: Caller, ids: string[]): Promise<Person[]> {
    return this.known(caller, await this.people.getAll(ids));
  }

  /** The internal ids of the people whom texts name one by one. Throws a 404 that names the first one nobody answers to, a 409 for one that several do. */
  async named({ unit }: Caller, texts: string[]): Promise<string[]> {
    const people = await this.people.named(texts);
    const ids = texts.map(async (text) => {
      const [one, other] = people.get(text) ?? [];
      if (!one || !(await this.units.mayKnow(unit, one.unit))) throw personUnknown(text);
      if (other) throw new Problem(409, 'several-people', `Several people are known as ${text}.`);
      return one.id;
    });
    return Promise.all(ids);
  }

  private async known({ unit }: Caller, people: Person[]): Promise<Person[]> {
    const known = await Promise.all(people.map((person) => this.units.mayKnow(unit, person.unit)));
    return people.filter((_, at) => known[at]);
  }
}

const personUnknown = (text?: string): Problem =>
  new Problem(404, 'person-unknown', `There is no such person${text === undefined ? '' : `: ${text}`}.`);
