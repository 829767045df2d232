import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { showInstant } from '../shared/i18n.js';
import { sourceIn } from '../../src/domain/policy/source.js';
import { ColourWord } from './change-sheets.js';
import type { PolicyText } from './policy.js';

/** A policy as plain sentences, each with the document that its numbers come from. */
export function PolicySentences({ policy }: { policy: PolicyText }) {
  const { t, i18n: text } = useTranslation('officer');
  const { contact, sources, retention, bulkChangeGuard: guard } = policy;
  const sourceOf = (...parts: string[]) => {
    const found = parts.map((part) => sources[part]).find(Boolean);
    return found && sourceIn(found, text.language);
  };
  const { infectious, carrier, settings } = contact;
  return (
    <>
      <h2>
        {policy.id} {policy.version}
      </h2>
      <ol className="sentences">
        <Sentence source={sourceOf('validFrom')}>
          {policy.validTo
            ? t('rule.span', { from: showInstant(policy.validFrom), to: showInstant(policy.validTo) })
            : t('rule.from', { from: showInstant(policy.validFrom) })}{' '}
          {policy.level !== undefined && t('rule.level', { level: policy.level })}
        </Sentence>
        <Sentence source={sourceOf('contact.minMinutes', 'contact')}>
          {t(contact.accumulate === 'day' ? 'rule.minMinutesDay' : 'rule.minMinutes', { minutes: contact.minMinutes })}
        </Sentence>
        <Sentence source={sourceOf('contact.settings', 'contact')}>{t('rule.settings', { ...settings })}</Sentence>
        <Sentence source={sourceOf('contact.infectious', 'contact')}>
          {t('rule.infectious', { ...infectious })}
        </Sentence>
        <Sentence source={sourceOf('contact.carrier', 'contact')}>
          {t('rule.carrier', { ...carrier, maxLevel: contact.maxLevel })}
        </Sentence>
        {policy.colours.map(({ Identifier: id, colour, Description }) => (
          <Sentence key={id} source={sourceOf(`colours.${id}`, 'colours')}>
            <ColourWord colour={colour} />{' '}
            {(Description.find(({ lang }) => lang === text.language) ?? Description[0]!).desc}
          </Sentence>
        ))}
        <Sentence source={sourceOf('minTrustForRed')}>
          {t('rule.minTrust', { percent: Math.round(policy.minTrustForRed * 100) })}
        </Sentence>
        {guard && (
          <Sentence source={sourceOf('bulkChangeGuard')}>
            {t('rule.guard', { ...guard, percent: Math.round(guard.share * 100) })}
          </Sentence>
        )}
        <Sentence source={sourceOf('retention')}>{t('rule.retention', { days: retention.stayDays })}</Sentence>
      </ol>
    </>
  );
}

function Sentence({ source, children }: { source: string | undefined; children: ReactNode }) {
  const { t } = useTranslation('officer');
  return (
    <li>
      <p>{children}</p>
      <p className="soft small">
        {source
          ? t('rule.source', { source: source.replace(/\bassumption\b/g, t('rule.assumption')) })
          : t('rule.noSource')}
      </p>
    </li>
  );
}
