import { addTexts } from './index';
import en from './work.en.json';
import es from './work.es.json';

addTexts({ en, es });
