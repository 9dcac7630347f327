import { addTexts } from './index';
import en from './nominations.en.json';
import es from './nominations.es.json';

addTexts({ en, es });
