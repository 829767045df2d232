import en from '../text/en/citizen.json';
import vi from '../text/vi/citizen.json';
import { createText } from '../shared/i18n.js';
import { keepOffline } from '../shared/offline-shell.js';
import { show } from '../shared/page.js';
import { Citizen } from './citizen.js';
import './citizen.css';

show(<Citizen />, createText('citizen', { vi, en }));
// A new build is taken up while nobody looks.
void keepOffline('/citizen', () => document.visibilityState === 'hidden');
