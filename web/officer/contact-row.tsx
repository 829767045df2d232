import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { showInstant } from '../shared/i18n.js';
import type { Contact, Face } from './case.js';
import { ColourWord } from './change-sheets.js';
import { levelName } from './levels.js';

interface Props {
  index: number;
  /** Pixels from the top of the rows. */
  top: number;
  isActive: boolean;
  isChosen: boolean;
  /** The row was pressed: whom it chooses, nobody when it takes the choice back. */
  press: (index: number, person: string | undefined) => void;
  contact: Contact;
  face: Face | undefined;
  place: string;
}

/** One contact. While thousands are scrolled, those that stay in view are not drawn anew. */
export const ContactRow = memo(function ContactRow(props: Props) {
  const { index, top, isActive, isChosen, press, contact, face, place } = props;
  const { t } = useTranslation('officer');
  return (
    <div
      id={`contact-${index}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isChosen}
      className={`grid-row${isActive ? ' active' : ''}`}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => press(index, isChosen ? undefined : contact.person)}
    >
      <span role="gridcell" className="level-cell">
        <span className={`level l${contact.level}`}>{levelName(contact.level)}</span>
      </span>
      <span role="gridcell" className="person">
        {face ? (face.person ? (face.person.name ?? t('person.noName')) : t('person.elsewhere')) : '…'}
        {face?.person?.phone && <span className="soft small number"> {face.person.phone}</span>}
      </span>
      <span role="gridcell">{face?.colour ? <ColourWord colour={face.colour} /> : '…'}</span>
      <span role="gridcell" className="number end">
        {contact.dose === null ? '–' : contact.dose.toFixed(1)}
      </span>
      <span role="gridcell" className="number end">
        {contact.minutes}
      </span>
      <span role="gridcell" className="venue">
        {place}
      </span>
      <span role="gridcell" className="number">
        {showInstant(contact.lastAt)}
      </span>
    </div>
  );
});
