import { addTexts } from './index';
import en from './overview.en.json';
import es from './overview.es.json';

addTexts({ en, es });
