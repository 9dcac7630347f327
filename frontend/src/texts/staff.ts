import { addTexts } from './index';
import en from './staff.en.json';
import es from './staff.es.json';

addTexts({ en, es });
