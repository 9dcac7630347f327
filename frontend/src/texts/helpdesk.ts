import { addTexts } from './index';
import en from './helpdesk.en.json';
import es from './helpdesk.es.json';

addTexts({ en, es });
