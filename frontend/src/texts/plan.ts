import { addTexts } from './index';
import en from './plan.en.json';
import es from './plan.es.json';

addTexts({ en, es });
