/** Officers, on one system. */
import './officer-case.part.js';
import './officer-draft.part.js';
import './officer-board.part.js';
import './officer.part.js';
