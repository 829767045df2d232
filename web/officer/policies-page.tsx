import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showInstant } from '../shared/i18n.js';
import { Wrong } from '../shared/page.js';
import { useMay } from './desk.js';
import { DraftCard } from './draft-card.js';
import { DraftSheet } from './draft-sheet.js';
import { useDrafts, usePolicies } from './policies.js';
import type { Policy } from './policy.js';
import { PolicySentences } from './policy-sentences.js';

/** The rules by area and date, as sentences with their sources, and those on their way. */
export function PoliciesPage() {
  const { t } = useTranslation('officer');
  const mayDraft = useMay('head', 'admin');
  const policies = usePolicies();
  const drafts = useDrafts(useMay('tracer', 'head', 'admin', 'auditor'));
  const [chosen, setChosen] = useState<string>();
  const [isEditing, setEditing] = useState(false);
  const items = [...(policies.data ?? [])].sort(
    (a, b) => order[a.state] - order[b.state] || (a.validFrom < b.validFrom ? 1 : -1),
  );
  const open = (drafts.data ?? []).filter(({ state }) => state !== 'published');
  const draft = open.find(({ id }) => id === chosen);
  const policy = draft ? undefined : (items.find((one) => keyOf(one) === chosen) ?? items[0]);
  return (
    <>
      <h1>{t('policies.title')}</h1>
      <Wrong error={policies.error ?? drafts.error} />
      {policies.isPending && <p role="status">{t('board.loading')}</p>}
      <div className="repairs">
        <ul className="found" aria-label={t('policies.title')}>
          {open.map(({ id, policy: of, state }) => (
            <li key={id}>
              <button aria-pressed={id === chosen} onClick={() => setChosen(id)}>
                <Line of={of} state={t(`drafts.state.${state}`)} />
              </button>
            </li>
          ))}
          {items.map((one) => (
            <li key={keyOf(one)}>
              <button aria-pressed={one === policy} onClick={() => setChosen(keyOf(one))}>
                <Line of={one} state={t(`policies.state.${one.state}`)} />
              </button>
            </li>
          ))}
        </ul>
        <div className="stack">
          {draft && <DraftCard key={draft.id} draft={draft} base={items.find(({ id }) => id === draft.policy.id)} />}
          {(draft ?? policy) && (
            <section className="card stack">
              <PolicySentences policy={draft ? draft.policy : policy!} />
              {policy && mayDraft && (
                <div className="row">
                  <button className="button small" onClick={() => setEditing(true)}>
                    {t('drafts.new')}
                  </button>
                </div>
              )}
            </section>
          )}
        </div>
      </div>
      {isEditing && policy && (
        <DraftSheet
          policy={policy}
          close={() => setEditing(false)}
          made={(id) => {
            setEditing(false);
            setChosen(id);
          }}
        />
      )}
    </>
  );
}

const order = { 'in-force': 0, ahead: 1, superseded: 2, ended: 3 } as const;
const keyOf = ({ id, version }: Pick<Policy, 'id' | 'version'>): string => `${id}|${version}`;

function Line({ of, state }: { of: Pick<Policy, 'id' | 'version' | 'area' | 'validFrom'>; state: string }) {
  const { t } = useTranslation('officer');
  return (
    <span className="person-line">
      <b>
        {of.id} {of.version}
      </b>
      <span className="soft small">
        {state} · {of.area ?? t('policies.anywhere')} · {showInstant(of.validFrom).slice(0, 10)}
      </span>
    </span>
  );
}
