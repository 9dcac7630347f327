import { addTexts } from './index';
import en from './sharing.en.json';
import es from './sharing.es.json';

addTexts({ en, es });
