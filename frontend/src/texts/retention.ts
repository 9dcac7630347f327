import { addTexts } from './index';
import en from './retention.en.json';
import es from './retention.es.json';

addTexts({ en, es });
