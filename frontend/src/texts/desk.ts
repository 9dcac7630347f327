import { addTexts } from './index';
import en from './desk.en.json';
import es from './desk.es.json';

addTexts({ en, es });
