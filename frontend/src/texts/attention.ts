import en from './attention.en.json';
import es from './attention.es.json';
import { addTexts } from './index';

addTexts({ en, es });
