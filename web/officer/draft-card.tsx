import { useTranslation } from 'react-i18next';
import type { Changes } from '../../src/domain/policy/what-if.js';
import { showInstant } from '../shared/i18n.js';
import { Wrong } from '../shared/page.js';
import { ChangeList } from './change-sheets.js';
import { ColourFlow } from './colour-flow.js';
import { useChange, useMay } from './desk.js';
import type { Draft, Effect, Policy } from './policy.js';

/** How long a dry run over a nation may take (assumption). */
const patienceMs = 10 * 60_000;

/** A draft on its way: tried on the live graph, then signed by two officers. */
export function DraftCard({ draft, base }: { draft: Draft; base: Policy | undefined }) {
  const { t } = useTranslation(['officer', 'shared']);
  const mayDecide = useMay('head', 'admin');
  const simulate = useChange((asking, _: void) =>
    asking(`POST /policies/drafts/${draft.id}/simulate`, { body: { contact: true }, patienceMs }),
  );
  const approve = useChange((asking, _: void) => asking(`POST /policies/drafts/${draft.id}/approve`, { body: {} }));
  return (
    <section className="card stack draft" aria-labelledby="draft">
      <div className="row spread">
        <h2 id="draft">{t(`drafts.state.${draft.state}`)}</h2>
        {mayDecide && (
          <div className="row">
            <button className="button small" disabled={simulate.isPending} onClick={() => simulate.mutate()}>
              {simulate.isPending ? t('drafts.trying') : t('drafts.try')}
            </button>
            <button className="button small main" disabled={approve.isPending} onClick={() => approve.mutate()}>
              {t('drafts.sign', { number: draft.approvals.length + 1 })}
            </button>
          </div>
        )}
      </div>
      <Wrong error={simulate.error ?? approve.error} />
      {draft.withoutSource.length > 0 && (
        <p className="message">{t('drafts.withoutSource', { numbers: draft.withoutSource.join(', ') })}</p>
      )}
      {base && <Differences draft={draft} base={base} />}
      {draft.simulation && draft.simulatedAt ? (
        <EffectShown effect={draft.simulation.effect} at={draft.simulatedAt} />
      ) : (
        <p className="soft">{t('drafts.untried')}</p>
      )}
    </section>
  );
}

/** The numbers that are other than in the version it came from. */
function Differences({ draft: { policy }, base }: { draft: Draft; base: Policy }) {
  const { t } = useTranslation('officer');
  const numbers = ({ contact }: Pick<Policy, 'contact'>) => ({
    minMinutes: contact.minMinutes,
    beforeDays: contact.infectious.beforeDays,
    afterDays: contact.infectious.afterDays,
    maxLevel: contact.maxLevel,
  });
  const [before, after] = [numbers(base), numbers(policy)];
  const names = (Object.keys(after) as (keyof typeof after)[]).filter((name) => before[name] !== after[name]);
  return (
    <ul>
      {names.map((name) => (
        <li key={name} className="number">
          {t(`drafts.field.${name}`)}: {before[name]} → <b>{after[name]}</b>
        </li>
      ))}
    </ul>
  );
}

function EffectShown({ effect, at }: { effect: Effect; at: string }) {
  const { t, i18n: text } = useTranslation('officer');
  const number = (value: number) => value.toLocaleString(text.language);
  const { people, changed, stricter, looser, changes, quarantineDays, units } = effect;
  return (
    <div className="stack tight">
      <p>
        {t('effect.text', {
          at: showInstant(at),
          people: number(people),
          changed: number(changed),
          stricter: number(stricter),
          looser: number(looser),
        })}
      </p>
      <p>{t('effect.days', { before: number(quarantineDays.before), after: number(quarantineDays.after) })}</p>
      <ColourFlow changes={changes} />
      <ChangeList changes={changes} />
      <details>
        <summary>{t('effect.units')}</summary>
        <table className="list">
          <thead>
            <tr>
              <th scope="col">{t('holds.unit')}</th>
              <th scope="col">{t('holds.people')}</th>
              <th scope="col">{t('effect.changed')}</th>
            </tr>
          </thead>
          <tbody>
            {units.map(({ unit, people: all, changes: of }) => (
              <tr key={unit ?? ''}>
                <th scope="row">{unit ?? t('effect.noUnit')}</th>
                <td className="number">{number(all)}</td>
                <td className="number">{number(changedOf(of))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </div>
  );
}

const changedOf = (changes: Changes): number =>
  Object.entries(changes).reduce(
    (sum, [from, row]) => sum + Object.entries(row).reduce((all, [to, count]) => all + (to === from ? 0 : count), 0),
    0,
  );
