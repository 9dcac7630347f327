import { addTexts } from './index';
import en from './register.en.json';
import es from './register.es.json';

addTexts({ en, es });
