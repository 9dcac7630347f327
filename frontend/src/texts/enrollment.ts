import { addTexts } from './index';
import en from './enrollment.en.json';
import es from './enrollment.es.json';

addTexts({ en, es });
