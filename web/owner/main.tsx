import en from '../text/en/owner.json';
import vi from '../text/vi/owner.json';
import { createText } from '../shared/i18n.js';
import { show } from '../shared/page.js';
import { Owner } from './owner.js';
import './owner.css';

show(<Owner />, createText('owner', { vi, en }));
