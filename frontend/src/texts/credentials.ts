import { addTexts } from './index';
import en from './credentials.en.json';
import es from './credentials.es.json';

addTexts({ en, es });
