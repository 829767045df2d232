import en from '../text/en/checkin.json';
import vi from '../text/vi/checkin.json';
import { createText } from '../shared/i18n.js';
import { PageHead, show } from '../shared/page.js';
import { CheckIn } from './check-in.js';
import './checkin.css';

show(
  <>
    <PageHead home={location.pathname} />
    <CheckIn address={location.href} />
  </>,
  createText('checkin', { vi, en }),
);
