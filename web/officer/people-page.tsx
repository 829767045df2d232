import { useTranslation } from 'react-i18next';
import { PersonSearch } from './person-search.js';

/** Somebody by any identifier or by words of their name. */
export function PeoplePage() {
  const { t } = useTranslation('officer');
  return (
    <>
      <h1>{t('people.title')}</h1>
      <section className="card">
        <PersonSearch
          purpose="identity"
          picked={({ id }) => (location.hash = `/person/${id}`)}
          label={t('search.label')}
        />
      </section>
    </>
  );
}
