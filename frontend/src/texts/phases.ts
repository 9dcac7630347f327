import { addTexts } from './index';
import en from './phases.en.json';
import es from './phases.es.json';

addTexts({ en, es });
