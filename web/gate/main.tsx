import en from '../text/en/gate.json';
import vi from '../text/vi/gate.json';
import { createText } from '../shared/i18n.js';
import { keepOffline } from '../shared/offline-shell.js';
import { show } from '../shared/page.js';
import { Gate } from './gate.js';
import { isQuiet } from './quiet.js';
import './gate.css';

show(<Gate />, createText('gate', { vi, en }));
void keepOffline('/gate', isQuiet);
