/** Gates and their owners, on one system; the days on which servers fail come last. */
import './gate.part.js';
import './gate-hands.part.js';
import './owner.part.js';
import './offline.part.js';
import './bad-days.part.js';
