import en from './access.en.json';
import es from './access.es.json';
import { addTexts } from './index';

addTexts({ en, es });
