import { addTexts } from './index';
import en from './nominate.en.json';
import es from './nominate.es.json';

addTexts({ en, es });
