import { addTexts } from './index';
import en from './directory.en.json';
import es from './directory.es.json';

addTexts({ en, es });
