import { addTexts } from './index';
import en from './messages.en.json';
import es from './messages.es.json';

addTexts({ en, es });
