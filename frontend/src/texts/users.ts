import { addTexts } from './index';
import en from './users.en.json';
import es from './users.es.json';

addTexts({ en, es });
