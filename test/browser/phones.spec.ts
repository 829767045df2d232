/** Citizens, on one system. */
import './citizen.part.js';
import './citizen-record.part.js';
