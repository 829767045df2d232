import en from '../text/en/officer.json';
import vi from '../text/vi/officer.json';
import { createText } from '../shared/i18n.js';
import { show } from '../shared/page.js';
import { Officer } from './officer.js';
import './officer.css';

show(<Officer />, createText('officer', { vi, en }));
